import type { Path, Rules } from '../rules/schema.ts';
import { backUpSettings, stepReference } from './compile-steps.ts';
import { environmentTarget } from './compile-target.ts';
import type { StepReference } from './definition.ts';
import type { StepDefinition } from './step-definition.ts';

/**
 * The steps of a contract run, in their order: until the undo window is over, until the environment is open, a look under
 * the slot whether both still hold, a back-up, and what it is for.
 */
const contractRun: readonly string[] = [
  'await-undo-window',
  'await-window',
  'confirm-window',
  'validate-contract',
  'back-up',
  'contract-database',
  'verify-contract',
  'report',
  'notify',
];

/** What runs the contract migrations after the undo window; nothing where there are none to run. */
export function contractStepReferences(
  rules: Rules,
  path: Path,
  application: string,
  steps: readonly StepDefinition[],
  isDryRun: boolean,
): readonly StepReference[] {
  const leftOut = new Set<string>(path.steps.leaveOut);
  if (!rules.reports.enabled) leftOut.add('report');
  const hasDatabase = environmentTarget(rules, application, path.to).database !== undefined;
  if (isDryRun || !hasDatabase || leftOut.has('migrate-database')) return [];
  const settings = {
    'verify-contract': { timeoutSeconds: path.verification.timeoutSeconds },
    'back-up': backUpSettings(rules, path, application),
  };
  return contractRun
    .flatMap((name) => steps.find((step) => step.name === name) ?? [])
    .filter(({ name }) => !leftOut.has(name))
    .map((step) => stepReference(step, settings));
}
