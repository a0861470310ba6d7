import type { RulesInput } from '../../engine/rules/schema.ts';
import { literal } from '../naming/literal.ts';
import { jsonWithTokens } from './late-json.ts';

/**
 * The document as JSON, which is YAML too, for a place that Terraform reads: `JSON.stringify` rather than
 * `Fn.jsonencode`, which leaves quotes unescaped. Numbers that are tokens stand without quotes.
 */
export function rulesText(document: Partial<RulesInput>): string {
  return literal(jsonWithTokens(document, 2));
}
