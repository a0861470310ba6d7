const algorithm = /^(?<name>sha\d+:)(?<hex>[0-9a-f]{16,})$/;

/**
 * A text of at most so many characters that keeps both of its ends, which is where digests and paths differ.
 * A digest keeps its algorithm and the first twelve of its characters, as registries show it.
 */
export function shortenMiddle(text: string, length: number): string {
  const digest = algorithm.exec(text)?.groups;
  if (digest !== undefined) return `${digest['name'] ?? ''}${(digest['hex'] ?? '').slice(0, 12)}`;
  const characters = Array.from(text);
  if (characters.length <= length) return text;
  const kept = Math.max(2, length - 1);
  const head = Math.ceil(kept / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (kept - head)).join('')}`;
}
