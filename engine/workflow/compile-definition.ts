import { createHash } from 'node:crypto';
import { canonicalJson } from '../audit/canonical-json.ts';
import type { Path, Rules } from '../rules/schema.ts';
import { fillTemplate } from '../rules/templates.ts';
import { scheduleOfPath } from '../schedule/schedule-of-path.ts';
import { contractStepReferences } from './compile-contract-steps.ts';
import { gateRequirements } from './compile-gates.ts';
import { compilePeople } from './compile-people.ts';
import { compilePolicies } from './compile-policies.ts';
import { leftOutSteps, stepReferences } from './compile-steps.ts';
import { environmentTarget } from './compile-target.ts';
import type { Definition, ReportRule } from './definition.ts';
import type { StepDefinition } from './step-definition.ts';

/**
 * Compiles what a promotion starts with: every name resolved, every default in it.
 * @param rulesHash of the rules, for whoever compiles by the same ones again and again. Default: it is made.
 */
export function compileDefinition(
  rules: Rules,
  path: Path,
  application: string,
  steps: readonly StepDefinition[],
  isDryRun: boolean,
  rulesHash = hashRules(rules),
): Definition {
  const leftOut = leftOutSteps(rules, path, application);
  return {
    source: environmentTarget(rules, application, path.from),
    target: environmentTarget(rules, application, path.to),
    gates: gateRequirements(path, rules.readiness.readyPercent),
    ...compilePeople(rules, path),
    schedule: scheduleOfPath(rules, path, application),
    bakeSeconds: path.bakeSeconds,
    contractAfterSeconds: path.database.contractAfterSeconds,
    ...compilePolicies(path),
    steps: stepReferences(rules, path, application, steps, isDryRun),
    ...(leftOut.length === 0 ? {} : { leftOut }),
    privateNetworks: rules.outbound.privateNetworks,
    contractSteps: contractStepReferences(rules, path, application, steps, isDryRun),
    ...(rules.collect.logs && rules.collect.metrics
      ? {}
      : { collects: { logs: rules.collect.logs, metrics: rules.collect.metrics } }),
    reports: reportRule(rules, path, application),
    rulesHash,
  };
}

function reportRule({ reports, locations }: Rules, { to, steps }: Path, application: string): ReportRule {
  const folder = fillTemplate(locations.reports, { env: to, app: application });
  const isKept = reports.enabled && !steps.leaveOut.includes('report');
  return { isKept, folder, formats: reports.formats, hasCompliance: reports.compliance };
}

/** SHA-256 over the canonical JSON of a rules document. */
export function hashRules(rules: Rules): string {
  return createHash('sha256').update(canonicalJson(rules)).digest('hex');
}
