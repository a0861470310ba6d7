/** Longest word that is compared: beyond it nobody mistyped a key, and the cost grows with the square. */
const longestWord = 64;

function distance(a: string, b: string): number {
  let previousPrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const substitution = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      let best = Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, substitution);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, (previousPrevious[column - 2] ?? 0) + 1);
      }
      current.push(best);
    }
    previousPrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** Case, `_`, `-` and spaces are how people spell, not what they mean. */
const spelling = (word: string): string => word.toLowerCase().replaceAll(/[\s_-]/g, '');

/**
 * The known word a mistyped one most likely meant: edits counted with swaps (Damerau), at most a third of the word;
 * failing that, the one known word that it begins or that begins it. Undefined when nothing is near.
 */
export function closest(word: string, known: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > longestWord) return undefined;
  const wanted = spelling(word);
  let best: { readonly word: string; readonly edits: number } | undefined;
  const sharingStart: string[] = [];
  for (const candidate of known) {
    const spelled = spelling(candidate);
    const edits = distance(wanted, spelled);
    if (edits <= Math.max(1, Math.floor(Math.max(wanted.length, spelled.length) / 3)) && edits < spelled.length) {
      if (best === undefined || edits < best.edits) best = { word: candidate, edits };
    }
    if (wanted.length >= 3 && (spelled.startsWith(wanted) || (spelled.length >= 3 && wanted.startsWith(spelled)))) {
      sharingStart.push(candidate);
    }
  }
  if (best !== undefined) return best.word;
  return sharingStart.length === 1 ? sharingStart[0] : undefined;
}
