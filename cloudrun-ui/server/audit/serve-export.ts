import { createRoute, z } from '@hono/zod-openapi';
import { actorText, type Actor, type ExportRequest } from '../../../engine/promotion-service.ts';
import type { ServerApplication } from '../endpoint/serve-endpoint.ts';
import { exportScope } from '../endpoints/audit.ts';
import { problemResponses, queryProblems } from '../problems/problem-responses.ts';
import type { ServerPorts } from '../server-ports.ts';
import { csvLine } from './csv.ts';

const exportRoute = createRoute({
  method: 'get',
  path: '/api/audit/export',
  tags: ['Audit'],
  operationId: 'exportAudit',
  summary:
    'Exports whole chains: as signed JSON Lines, which `promote audit verify --file` proves anywhere, or as a table of entries.',
  description: 'Asks for the permission `export-audit`.',
  request: {
    query: z.strictObject({
      ...exportScope,
      format: z.enum(['jsonl', 'csv']).default('jsonl'),
      compliance: z.enum(['true', 'false']).default('false').openapi({
        description: 'Of JSON Lines: adds to each promotion what auditors ask about, and a summary of all.',
      }),
    }),
  },
  responses: {
    200: {
      description: 'A file.',
      content: { 'application/jsonl': { schema: z.string() }, 'text/csv': { schema: z.string() } },
    },
    ...problemResponses(queryProblems),
  },
});

export function serveExport(application: ServerApplication, ports: ServerPorts): void {
  application.openapi(exportRoute, async (context) => {
    const { format, compliance, ...scope } = context.req.valid('query');
    const actor = context.get('actor');
    const request = { ...scope, hasCompliance: format === 'jsonl' && compliance === 'true' };
    const lines = format === 'jsonl' ? ports.audit.keeping.export(actor, request) : tableOf(ports, actor, request);
    // The first line is read before anything is answered, so that a refusal has a status of its own.
    const iterator = lines[Symbol.asyncIterator]();
    const first = await iterator.next();
    const name = `audit-${ports.clock.now().toISOString().slice(0, 10)}.${format}`;
    return context.body(ReadableStream.from(bytesOf(first, iterator)), 200, {
      'Content-Type': format === 'jsonl' ? 'application/jsonl' : 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'no-store',
    });
  });
}

async function* bytesOf(
  first: IteratorResult<string, unknown>,
  rest: AsyncIterator<string>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  for (let line = first; line.done !== true; line = await rest.next()) yield encoder.encode(line.value);
}

async function* tableOf(
  { service }: ServerPorts,
  actor: Actor,
  request: ExportRequest,
): AsyncGenerator<string, void, undefined> {
  const { chains } = await service.extractAudit(actor, request);
  yield csvLine(['promotion', 'seq', 'at', 'by', 'via', 'type', 'data', 'previousHash', 'hash']);
  for await (const { promotionId, events } of chains) {
    for (const { seq, at, actor: by, type, data, previousHash, hash } of events) {
      yield csvLine([
        promotionId,
        String(seq),
        at.toISOString(),
        actorText(by),
        by.via,
        type,
        JSON.stringify(data),
        previousHash,
        hash,
      ]);
    }
  }
}
