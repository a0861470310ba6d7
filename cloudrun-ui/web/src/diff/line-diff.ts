/** A line of a text that is compared with another text. */
export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Beyond so many lines on a side the whole of it is told as changed: nobody reads further, and it would take long. */
const mostLines = 600;

/** What has to go from one text and come into it to make it the other one, line by line, in their order. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  if (old.length > mostLines || fresh.length > mostLines) {
    return [...old.map((text) => ({ kind: 'removed', text }) as const), ...fresh.map(toAdded)];
  }
  const longest = commonLengths(old, fresh);
  const lines: DiffLine[] = [];
  let [here, there] = [0, 0];
  while (here < old.length || there < fresh.length) {
    const [one, other] = [old[here], fresh[there]];
    if (one !== undefined && one === other) {
      lines.push({ kind: 'same', text: one });
      here += 1;
      there += 1;
    } else if (
      one !== undefined &&
      (other === undefined || at(longest, here + 1, there) >= at(longest, here, there + 1))
    ) {
      lines.push({ kind: 'removed', text: one });
      here += 1;
    } else {
      lines.push(toAdded(other ?? ''));
      there += 1;
    }
  }
  return lines;
}

function toAdded(text: string): DiffLine {
  return { kind: 'added', text };
}

/** Of the longest list of lines that both still have in common from a place on, for every place. */
function commonLengths(old: readonly string[], fresh: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(fresh.length + 1).fill(0));
  for (let here = old.length - 1; here >= 0; here -= 1) {
    const row = lengths[here] ?? [];
    for (let there = fresh.length - 1; there >= 0; there -= 1) {
      row[there] =
        old[here] === fresh[there]
          ? at(lengths, here + 1, there + 1) + 1
          : Math.max(at(lengths, here + 1, there), at(lengths, here, there + 1));
    }
  }
  return lengths;
}

function at(lengths: readonly (readonly number[])[], here: number, there: number): number {
  return lengths[here]?.[there] ?? 0;
}
