import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { wholeLines } from './whole-lines.ts';

const lineSchema = z.looseObject({ eventId: z.string(), type: z.string(), promotionId: z.string() });
type Line = z.infer<typeof lineSchema>;

/** What was delivered about a promotion; repetitions under the same id, which receivers know, are taken out. */
export async function deliveredAbout(file: string, promotionId: string): Promise<readonly Line[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = wholeLines(text).map((line) => lineSchema.parse(JSON.parse(line)));
  const byId = new Map(lines.filter((line) => line.promotionId === promotionId).map((line) => [line.eventId, line]));
  return [...byId.values()];
}
