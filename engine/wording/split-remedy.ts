/** What somebody is told when something was not done, cut where it turns from why to what to do. */
export interface SplitMessage {
  readonly message: string;
  /** Undefined: it only says what is so. */
  readonly remedy: string | undefined;
}

/** Where a message first says what to do: a word that was meant, what to choose of, or a command with its words. */
const instruction =
  /Did you mean |choose of |(?<=[.;:?,(] |\b(?:or|types|with|by) )promote (?=[a-z])|--again promotes /;

/**
 * People read why and what to do in one go, programs read them apart. What to do begins with the sentence that first names a
 * command or a choice; of a sentence alone, behind its colon.
 */
export function splitRemedy(text: string): SplitMessage {
  const at = text.search(instruction);
  if (at <= 0) return { message: text, remedy: undefined };
  const before = text.slice(0, at);
  const cut = Math.max(...['. ', '; ', '? ', '\n'].map((mark) => endOf(before, mark)));
  const from = cut > 0 ? cut : endOf(before, ': ');
  if (from <= 0) return { message: text, remedy: undefined };
  return { message: text.slice(0, from).replace(/[\s.;:]+$/, ''), remedy: text.slice(from) };
}

/** Behind the last of the marks; 0 when there is none. */
function endOf(text: string, mark: string): number {
  return text.lastIndexOf(mark) + (text.includes(mark) ? mark.length : 1);
}
