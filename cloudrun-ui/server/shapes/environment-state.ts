import { z } from '@hono/zod-openapi';
import { instant } from './instant.ts';

/** What is remembered of an environment. */
export const environmentStateSchema = z
  .strictObject({
    application: z.string(),
    environment: z.string(),
    release: z.string().nullable(),
    isBad: z.boolean().openapi({ description: 'Whether the release is marked bad.' }),
    deployedAt: instant.nullable(),
    verifiedAt: instant.nullable(),
    promotionId: z.string().nullable().openapi({ description: 'The promotion that brought what runs.' }),
    isHotfix: z.boolean(),
    slotHeldBy: z.string().nullable().openapi({ description: 'The promotion that is changing it now.' }),
    undoWindowUntil: instant.nullable().openapi({ description: 'Until then a rollback loses nothing.' }),
    autoPromotionPausedAt: instant.nullable(),
    observed: z
      .strictObject({
        at: instant,
        health: z
          .enum(['healthy', 'sick', 'unknown'])
          .openapi({ description: '`unknown`: it could not be found out.' }),
        trouble: z.string().nullable().openapi({ description: 'What is wrong, or why nobody knows.' }),
        drift: z.string().nullable().openapi({
          description: 'How what runs differs from what is recorded; null: it does not, or is being changed.',
        }),
      })
      .nullable()
      .openapi({
        description: 'What was seen there last; null: nobody has looked, or this version cannot look there.',
      }),
  })
  .openapi('EnvironmentState');

export const closureSchema = z
  .strictObject({
    kind: z.enum(['hold', 'freeze']),
    application: z.string().openapi({ description: '`*`: every application.' }),
    environment: z.string().openapi({ description: '`*`: every environment.' }),
    name: z.string().nullable(),
    reason: z.string(),
    until: instant.nullable(),
    by: z.string().nullable().openapi({ description: 'Null: the rules.' }),
  })
  .openapi('Closure', { description: 'A hold or a freeze that keeps environments closed now.' });

export const comingFreezeSchema = z
  .strictObject({
    application: z.string().openapi({ description: '`*`: every application.' }),
    environment: z.string().openapi({ description: '`*`: every environment.' }),
    name: z.string().nullable(),
    reason: z.string(),
    from: instant,
    until: instant.nullable(),
    by: z.string().nullable().openapi({ description: 'Null: the rules.' }),
  })
  .openapi('ComingFreeze', { description: 'A freeze that has not begun.' });
