import type { Promotion, Step } from '../../api/queries.ts';

/** The steps worth a line: not those that an ended promotion never came to, and not what only looks again. */
export function stepsToTell({ steps, endedAt }: Pick<Promotion, 'steps' | 'endedAt'>): readonly Step[] {
  return steps.filter(({ name, status }) => {
    if (status === 'pending') return endedAt === null;
    return !(name === 'confirm-window' && status === 'done');
  });
}

/** What a step came to, in a few words: what they rest on stands behind a gap, and among the checks. */
export function summaryOf({ name, summary }: Pick<Step, 'name' | 'summary'>): string | undefined {
  const [words] = summary?.split(/\s{2,}/) ?? [];
  if (words === undefined) return undefined;
  // Machines know events by such names.
  return name === 'notify' ? words.replaceAll('.', ' ') : words;
}
