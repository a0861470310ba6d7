import { parseRules } from '../../../engine/rules/parse-rules.ts';
import type { RuleProblem } from '../../../engine/rules/problem.ts';

/** What is wrong with a text. @throws when nothing is */
export function problemsOf(text: string | Uint8Array): readonly RuleProblem[] {
  const parsed = parseRules(text, 'promotion-rules.yaml');
  if (parsed.ok) throw new Error('The document was expected to be wrong.');
  return parsed.problems;
}
