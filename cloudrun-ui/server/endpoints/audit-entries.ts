import { z } from '@hono/zod-openapi';
import { eventJson } from '../../../cli/json/event-json.ts';
import {
  administrationChain,
  tellAdministration,
  tellEvent,
  type AuditEntry,
} from '../../../engine/promotion-service.ts';
import { query } from '../endpoint/endpoint.ts';
import { eventShape } from '../shapes/event.ts';
import { askedInstant } from '../shapes/instant.ts';
import { word } from '../shapes/names.ts';
import { cursorOf, pageOf, pageQuery, placeOf } from '../shapes/page.ts';
import { severally } from '../shapes/severally.ts';

const entrySchema = z
  .strictObject({
    ...eventShape,
    promotion: z.string().nullable().openapi({ description: 'Whose chain it is in; null: that of administration.' }),
    application: z.string().nullable().openapi({ description: '`*`: every application.' }),
    environment: z.string().nullable().openapi({ description: 'The target; `*`: every environment.' }),
    release: z.string().nullable(),
  })
  .openapi('AuditEntry', { description: 'An entry of the audit trail, with what it is about.' });

/** As the database has it: to the microsecond. */
const fineInstant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const entryPlace = z
  .tuple([fineInstant, z.string().min(1).max(100), z.string().regex(/^\d{1,15}$/)])
  .transform(([at, chain, seq]) => ({ at, chain, seq: Number(seq) }));

export const listAuditEntries = query({
  path: '/api/audit/entries',
  tag: 'Audit',
  name: 'list audit entries',
  asks: 'read',
  summary: 'Lists entries of the audit trail over all chains, newest first.',
  query: z.strictObject({
    ...pageQuery,
    application: word.optional(),
    environment: word.optional().openapi({ description: 'The target, by name or alias.' }),
    by: word.optional().openapi({ description: 'Whoever did it, had it done, or spoke for somebody else in it.' }),
    type: severally(z.string().regex(/^[a-z][a-z-]{0,60}$/)),
    since: askedInstant.optional().openapi({ description: 'At it or later.' }),
    until: askedInstant.optional().openapi({ description: 'Before it.' }),
    people: z
      .enum(['true', 'false'])
      .default('false')
      .openapi({ description: '`true`: only what people did, and not the engine by itself.' }),
  }),
  answer: pageOf(entrySchema),
  async handle({ service }, { actor, query: { cursor, type, people, ...filter } }) {
    const before = placeOf(cursor, entryPlace);
    const { entries, next } = await service.overview.auditEntries(actor, {
      ...filter,
      types: type,
      isOfPeople: people === 'true',
      before,
    });
    return {
      items: entries.map(entryJson),
      next: next === undefined ? null : cursorOf([next.at, next.chain, String(next.seq)]),
    };
  },
});

function entryJson(entry: AuditEntry) {
  const { chain, application, environment, release, kind } = entry;
  const { by, text } = kind === undefined ? tellAdministration(entry) : tellEvent(entry, kind);
  return {
    ...eventJson(entry),
    by,
    text,
    promotion: chain === administrationChain ? null : chain,
    application: application ?? null,
    environment: environment ?? null,
    release: release ?? null,
  };
}
