import { appendFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** One line of a resource's file: a step of a promotion begins or ends what needs the resource for itself alone. */
const lineSchema = z.strictObject({
  event: z.enum(['enter', 'leave']),
  promotionId: z.string(),
  step: z.string(),
  fence: z.number(),
});
export type SlotLine = z.infer<typeof lineSchema>;

/** Appends a line at once and whole, whatever other processes append at the same time. */
export function testify(folder: string, resource: string, line: SlotLine): void {
  appendFileSync(join(folder, encodeURIComponent(resource)), `${JSON.stringify(line)}\n`);
}

export async function readTestimonies(folder: string): Promise<ReadonlyMap<string, readonly SlotLine[]>> {
  const testimonies = new Map<string, readonly SlotLine[]>();
  for (const file of await readdir(folder)) {
    const text = await readFile(join(folder, file), 'utf8');
    const lines = text.split('\n').filter((line) => line !== '');
    testimonies.set(
      decodeURIComponent(file),
      lines.map((line) => lineSchema.parse(JSON.parse(line))),
    );
  }
  return testimonies;
}

export interface SlotVerdict {
  /** In words; empty when nobody was ever in a resource together with another. */
  readonly violations: readonly string[];
  /** Lines of workers whose lease was lost by then, which every fenced target refuses and a plain file does not. */
  readonly lateLines: number;
  /** Steps that were begun again, because the worker that had begun them was killed. */
  readonly repeatedSteps: number;
}

/**
 * Once another promotion has come into a resource, the one before must never be seen there again: so all lines of one
 * promotion stand together. Only a line under a fence that its own promotion has passed by then may come late.
 */
export function judgeTestimony(resource: string, lines: readonly SlotLine[]): SlotVerdict {
  const violations: string[] = [];
  const gone = new Set<string>();
  const highest = new Map<string, number>();
  const begun = new Set<string>();
  let present: string | undefined;
  let lateLines = 0;
  let repeatedSteps = 0;
  for (const { event, promotionId, step, fence } of lines) {
    const passed = highest.get(promotionId) ?? -1;
    if (gone.has(promotionId)) {
      if (fence < passed) lateLines += 1;
      else violations.push(`${resource}: ${promotionId} was there again after ${String(present)} had come`);
      continue;
    }
    if (present !== undefined && present !== promotionId) gone.add(present);
    present = promotionId;
    highest.set(promotionId, Math.max(passed, fence));
    if (event === 'enter' && begun.has(`${promotionId} ${step}`)) repeatedSteps += 1;
    if (event === 'enter') begun.add(`${promotionId} ${step}`);
  }
  return { violations, lateLines, repeatedSteps };
}
