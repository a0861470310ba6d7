/** A remedy, or a sentence with one in it, once nothing is tried again by itself any more. */
export function finalRemedy(text: string): string {
  return text.replaceAll(/(?:; it|\. It) is tried again by itself(?=[.\n]|$)/g, '');
}
