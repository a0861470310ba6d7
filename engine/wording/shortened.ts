/** What a line of a terminal or a cell of a table bears. */
const mostCharacters = 160;

/** The beginning of a text that may be of any length, with `…` where something was left out; no character is cut in two. */
export function shortened(text: string): string {
  if (text.length <= mostCharacters) return text;
  const kept = text.slice(0, mostCharacters - 1).replace(/[\ud800-\udbff]$/, '');
  return `${kept.trimEnd()}…`;
}
