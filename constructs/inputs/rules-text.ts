import { Token } from 'cdktf';
import type { RulesInput } from '../../engine/rules/schema.ts';
import { literal } from '../naming/literal.ts';

/**
 * The document as JSON, which is YAML too, for a place that Terraform reads: `JSON.stringify` rather than
 * `Fn.jsonencode`, which leaves quotes unescaped. Numbers that are tokens stand without quotes.
 */
export function rulesText(document: Partial<RulesInput>): string {
  const marked = JSON.stringify(
    document,
    (_, value: unknown) =>
      typeof value === 'number' && Token.isUnresolved(value) ? `\u0000${Token.asString(value)}\u0000` : value,
    2,
  );
  return literal(marked.replaceAll(/"\\u0000(.*?)\\u0000"/g, '$1'));
}
