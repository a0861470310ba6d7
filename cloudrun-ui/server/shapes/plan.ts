import { z } from '@hono/zod-openapi';

export const planHash = z.string().regex(/^[0-9a-f]{64}$/);

const value = z.union([z.string(), z.number(), z.boolean()]).nullable();
const commitSchema = z.strictObject({
  commit: z.string(),
  subject: z.string(),
  changeRequests: z.array(z.string()),
  tickets: z.array(z.string()),
});
const migrationKind = z.enum(['expand', 'contract']);

/** What exactly a promotion will do; approvals are of its hash. */
export const planSchema = z
  .strictObject({
    hash: z.string(),
    images: z.array(
      z.strictObject({
        service: z.string(),
        digest: z.string(),
        change: z.enum(['new', 'changed', 'same']),
        before: z.string().nullable().openapi({ description: 'The digest that runs there now.' }),
      }),
    ),
    configuration: z.strictObject({
      redirectedTo: z.strictObject({ repository: z.string(), branch: z.string() }).nullable(),
      changes: z.array(z.strictObject({ path: z.string(), before: value, after: value })),
    }),
    database: z
      .strictObject({
        migrations: z.array(
          z.strictObject({
            version: z.int(),
            name: z.string(),
            kind: migrationKind,
            statements: z.array(z.string()).openapi({ description: 'The DDL.' }),
          }),
        ),
        waiting: z
          .array(z.strictObject({ version: z.int(), name: z.string(), kind: migrationKind }))
          .openapi({ description: 'What runs by itself when the undo window is over.' }),
        undoWindowSeconds: z.number(),
      })
      .nullable(),
    flags: z.strictObject({
      added: z.array(z.string()),
      changed: z.array(z.string()),
      switched: z.array(z.strictObject({ key: z.string(), isEnabled: z.boolean(), percentage: z.number() })),
    }),
    source: z.strictObject({
      gained: z.array(commitSchema),
      lost: z.array(commitSchema),
      unknown: z.string().nullable().openapi({ description: 'Why commits cannot be told.' }),
    }),
    deployment: z.strictObject({ strategy: z.string(), detail: z.string() }).nullable(),
    customSteps: z.array(z.strictObject({ name: z.string(), does: z.string(), undo: z.string().nullable() })),
    leftOut: z.array(z.strictObject({ step: z.string(), means: z.string() })),
    lane: z.string().nullable(),
    laneTerms: z.array(z.string()),
    setAside: z.array(z.strictObject({ kind: z.string(), by: z.string(), reason: z.string() })),
    target: z.strictObject({ release: z.string().nullable() }),
    irreversible: z.array(z.string()).openapi({ description: 'What cannot be undone.' }),
  })
  .openapi('Plan');
