import { Token } from 'cdktf';
import type { Condition } from './condition.ts';
import { hcl } from './expression.ts';

/** Texts of a list, each of which is in it only where a condition holds. */
export function optionalTexts(texts: readonly (readonly [string, Condition])[]): string[] {
  if (texts.every(([, isThere]) => typeof isThere === 'boolean')) {
    return texts.filter(([, isThere]) => isThere === true).map(([text]) => text);
  }
  const lists = texts.map(([text, isThere]) => hcl`(${isThere} ? ${[text]} : [])`);
  return Token.asList(lists.reduce((before, list) => hcl`concat(${before}, ${list})`));
}

/** A list for a place where none is told from an empty one; known lists are left out there by whoever has none. */
export function nullIfEmpty(texts: readonly string[]): string[] {
  return Token.isUnresolved(texts) ? Token.asList(hcl`(length(${texts}) == 0 ? null : ${texts})`) : [...texts];
}
