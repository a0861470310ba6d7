import { Token } from 'cdktf';
import type { InputProblem } from '../../engine/rules/rules-from-inputs.ts';
import { notShown } from '../../engine/rules/problem.ts';
import { passwordPattern } from './input-check.ts';

/** One row of a table of validations: what is claimed of an input. */
export interface Claim {
  /** As the user wrote it: `approvers[0]`. */
  readonly label: string;
  /** What it must be: `must be between 1 and 99`. */
  readonly bound: string;
  readonly actual: unknown;
  readonly holds: boolean;
  /** Whether the actual value may be a secret. */
  readonly isSecret?: boolean;
  /** Whether the actual value may have a password in it; one that looks like it is not told. */
  readonly mayHoldPassword?: boolean;
  /** Whether the actual value is known at apply only, and that is what is wrong with it. */
  readonly isToken?: boolean;
}

/** Those claims that do not hold. What is known at apply only is not judged. */
export function problemsOf(claims: readonly Claim[]): readonly InputProblem[] {
  return claims
    .filter((claim) => !claim.holds && (isJudgedAsToken(claim) || !Token.isUnresolved(claim.actual)))
    .map((claim) => ({ input: claim.label, expected: claim.bound, found: shown(claim) }));
}

const isJudgedAsToken = ({ isSecret, isToken }: Claim): boolean => isSecret === true || isToken === true;

function shown({ actual, isSecret, isToken, mayHoldPassword }: Claim): string {
  if (isSecret === true) return notShown;
  if (isToken === true) return 'known at apply only';
  if (actual === undefined) return 'missing';
  const text = JSON.stringify(actual);
  if (mayHoldPassword === true && new RegExp(passwordPattern).test(text)) return notShown;
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/**
 * All problems of one construct, aligned, with its path:
 *
 *     shop/shop-staging-to-prod: 2 problems
 *       canaryPromotionPercentage is 140        must be between 1 and 99
 *       approvers[0]              is "sre@shop" must be an e-mail address
 */
export function renderProblems(path: string, problems: readonly InputProblem[]): string {
  const labels = Math.max(...problems.map(({ input }) => input.length));
  const values = Math.max(...problems.map(({ found }) => found.length));
  const lines = problems.map(
    ({ input, found, expected }) => `  ${input.padEnd(labels)} is ${found.padEnd(values)} ${expected}`,
  );
  const count = problems.length === 1 ? '1 problem' : `${String(problems.length)} problems`;
  return [`${path}: ${count}`, ...lines].join('\n');
}
