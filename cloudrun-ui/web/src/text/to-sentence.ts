/** The same words, as they stand where a sentence begins. */
export function toSentence(words: string): string {
  const [first = ''] = words;
  return first.toUpperCase() + words.slice(first.length);
}
