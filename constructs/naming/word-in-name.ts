import { hcl, type Expression } from '../conditions/expression.ts';

/** A word of its own in a name, between dots and hyphens, where it first stands; in RE2, which has no look-around. */
const around = (word: string): string => `^((?:.*?[.-])??)${word}((?:[.-].*)?)$`;

/** Has Terraform put another word in the place of one; the name itself when it is not in it. */
export function withWordReplaced(name: string, word: string, by: string): Expression {
  return hcl`replace(${name}, ${`/${around(word)}/`}, ${'${1}' + by + '${2}'})`;
}

/** Has Terraform say whether a word stands in a name. */
export function hasWord(name: string, word: string): Expression {
  return hcl`can(regex(${around(word)}, ${name}))`;
}
