import { createRoute, z } from '@hono/zod-openapi';
import { renderReport } from '../../../engine/promotion-service.ts';
import type { ServerApplication } from '../endpoint/serve-endpoint.ts';
import { problemResponses, queryProblems } from '../problems/problem-responses.ts';
import type { ServerPorts } from '../server-ports.ts';
import { promotionParams } from '../shapes/names.ts';

/** Each kind of file with the engine's name for it and its media type. */
const files = {
  md: ['markdown', 'text/markdown'],
  html: ['html', 'text/html'],
  json: ['json', 'application/json'],
} as const;

const reportFileRoute = createRoute({
  method: 'get',
  path: '/api/promotions/{promotion}/report-file',
  tags: ['Promotions'],
  operationId: 'downloadReport',
  summary: 'Gives the report of a promotion as one file, for whoever has no access here.',
  description: 'Asks for the permission `read`.',
  request: {
    params: promotionParams,
    query: z.strictObject({ format: z.enum(['md', 'html', 'json']).default('md') }),
  },
  responses: {
    200: {
      description: 'A file.',
      content: {
        'text/markdown': { schema: z.string() },
        'text/html': { schema: z.string() },
        'application/json': { schema: z.looseObject({}) },
      },
    },
    ...problemResponses(queryProblems),
  },
});

export function serveReport(application: ServerApplication, { service }: ServerPorts): void {
  application.openapi(reportFileRoute, async (context) => {
    const { promotion } = context.req.valid('param');
    const { format } = context.req.valid('query');
    const [name, type] = files[format];
    const report = await service.report(context.get('actor'), promotion);
    return context.body(renderReport(report, name), 200, {
      'Content-Type': format === 'json' ? type : `${type}; charset=utf-8`,
      // Never shown as a page of this site.
      'Content-Disposition': `attachment; filename="${promotion}.${format}"`,
      'Cache-Control': 'no-store',
    });
  });
}
