import { z } from 'zod';
import { mandatoryGatesSchema } from './gate-schema.ts';
import { nameSchema } from './names.ts';

const mandatoryEntrySchema = z
  .strictObject({
    reason: z.string().min(1).optional().describe('Shown to whoever demands less.'),
    into: z.array(nameSchema).default([]).describe('Only paths that lead into these environments; none: every path.'),
    gates: mandatoryGatesSchema,
  })
  .meta({ id: 'Mandatory' });
export type MandatoryEntry = z.infer<typeof mandatoryEntrySchema>;

/** More than these is a mistake; each is looked at for each path. */
const mostEntries = 100;

/** What paths must demand at least, whatever they and the defaults say; they may demand more. */
export const mandatorySchema = z
  .array(mandatoryEntrySchema)
  .max(mostEntries)
  .default([])
  .describe('Gates that no path takes back or softens, in this file or in one that extends it.');
