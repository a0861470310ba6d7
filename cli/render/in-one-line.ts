import { printable } from '../printable.ts';

/**
 * What somebody wrote in several lines, in one: nothing of it is left out, and no line break is written out. Behind a
 * colon comes what it announces, between the others a semicolon.
 */
export function inOneLine(text: string): string {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  return lines
    .filter((line) => line !== '')
    .map(printable)
    .reduce((told, line) => `${told}${told === '' ? '' : told.endsWith(':') ? ' ' : '; '}${line}`, '');
}
