import type { JsonObject } from '../json.ts';
import { deploymentStrategyOf } from '../rules/deployment-strategy.ts';
import { preflightCheckNames, type PreflightCheckName } from '../preflight/preflight-check.ts';
import type { Path, Rules } from '../rules/schema.ts';
import { dispensableSteps, type DispensableStep } from '../rules/step-names.ts';
import { fillTemplate } from '../rules/templates.ts';
import { environmentTarget } from './compile-target.ts';
import type { EnvironmentTarget, StepPhase, StepReference } from './definition.ts';
import { plainJson } from './plain-json.ts';
import type { StepDefinition } from './step-definition.ts';

/** In a dry run every check runs and nothing is changed; images are then checked among the conditions. */
const dryRunPhases: ReadonlyMap<string, StepPhase> = new Map([
  ['initialize', 'initialize'],
  ['validate-conditions', 'conditions'],
  ['validate-artifacts', 'conditions'],
]);

/** What a promotion of a path runs, in its order. */
export function stepReferences(
  rules: Rules,
  path: Path,
  application: string,
  steps: readonly StepDefinition[],
  isDryRun: boolean,
): readonly StepReference[] {
  const target = environmentTarget(rules, application, path.to);
  const leftOut = new Set<string>([...path.steps.leaveOut, ...withNothingToDo(rules, path, target)]);
  if (path.checklist.length === 0) leftOut.add('await-checklist');
  const strategy = deploymentStrategyOf(rules.environments, path);
  if (strategy !== 'blue-green') leftOut.add('stop-previous');
  if (!leftOut.has('back-up')) leftOut.add('note-target');
  const settings: Readonly<Record<string, JsonObject>> = {
    initialize: { checks: [...preflightChecksOf(leftOut, target)] },
    'promote-flags': { set: plainJson(path.flags.set) },
    'promote-artifacts': { tagTemplate: path.images.tagTemplate },
    'validate-artifacts': {
      minimumSizeBytes: path.images.minimumSizeBytes,
      maximumSizeBytes: path.images.maximumSizeBytes,
      platforms: path.images.platforms,
      requiredLabels: path.images.requiredLabels,
      requireEntrypoint: path.images.requireEntrypoint,
    },
    'validate-conditions': { soakSeconds: path.soakSeconds },
    'back-up': backUpSettings(rules, path, application),
    ...(strategy === 'rolling' ? {} : { deploy: { strategy } }),
    ...canarySettings(path),
    verify: {
      timeoutSeconds: path.verification.timeoutSeconds,
      smokeTests: path.verification.smokeTests,
      maximumErrorRatePercent: path.verification.maximumErrorRatePercent,
      stableForSeconds: path.verification.stableForSeconds,
      custom: plainJson(path.verification.custom),
    },
  };
  return steps.flatMap((step): readonly StepReference[] => {
    if (step.name === customStep || step.isContractOnly === true || (isDryRun && !dryRunPhases.has(step.name)))
      return [];
    const phase = (isDryRun ? dryRunPhases.get(step.name) : undefined) ?? step.phase;
    const reference = { ...stepReference(step, settings), phase };
    // A step of the team's own keeps its place also where the one before it is left out.
    const behind = isDryRun ? [] : customSteps(path, step, steps);
    return leftOut.has(step.name) ? behind : [reference, ...behind];
  });
}

/** The step of the engine that runs those of the team's own. */
const customStep = 'custom';

/** The team's own steps behind one of the engine's. In a dry run there are none: they change things. */
function customSteps(path: Path, before: StepDefinition, steps: readonly StepDefinition[]): readonly StepReference[] {
  return path.steps.custom
    .filter(({ after }) => after === before.name)
    .map(({ name, action, compensation, optional }) => {
      const runner = steps.find((each) => each.name === customStep);
      if (runner === undefined) throw new Error(`this engine cannot run ${name}, a step of the team's own`);
      return {
        name,
        uses: customStep,
        version: runner.version,
        // Behind the last check the move begins: what fails there is taken back.
        phase: before.phase === 'validation' ? 'move' : before.phase,
        isOptional: optional,
        isCompensable: compensation !== undefined,
        config: plainJson({ name, action, compensation }),
      };
    });
}

/** A step as a promotion starts with it. */
export function stepReference(step: StepDefinition, settings: Readonly<Record<string, JsonObject>>): StepReference {
  return {
    name: step.name,
    version: step.version,
    phase: step.phase,
    isOptional: step.isOptional,
    isCompensable: step.compensate !== undefined,
    config: settings[step.name] ?? {},
  };
}

/** What the rules leave out of what a promotion of the path would do otherwise. */
export function leftOutSteps(rules: Rules, path: Path, application: string): readonly DispensableStep[] {
  const idle = withNothingToDo(rules, path, environmentTarget(rules, application, path.to));
  return dispensableSteps.filter((step) => path.steps.leaveOut.includes(step) && !idle.includes(step));
}

/** Steps that would have nothing to do, whether or not the rules leave them out. */
function withNothingToDo(
  { reports }: Rules,
  { canary }: Path,
  { database, hasFlags }: EnvironmentTarget,
): readonly DispensableStep[] {
  return [
    ...(database === undefined ? (['migrate-database'] as const) : []),
    ...(hasFlags ? [] : (['promote-flags'] as const)),
    ...(canary.enabled ? [] : (['shift-canary'] as const)),
    ...(reports.enabled ? [] : (['report'] as const)),
  ];
}

/** What the steps that are not left out will need. */
function preflightChecksOf(
  leftOut: ReadonlySet<string>,
  { database }: Pick<EnvironmentTarget, 'database'>,
): readonly PreflightCheckName[] {
  const neededBy: Readonly<Record<PreflightCheckName, readonly string[]>> = {
    artifacts: ['promote-artifacts'],
    images: ['deploy'],
    configuration: ['promote-configuration', 'deploy'],
    database: database === undefined ? [] : ['migrate-database', 'back-up'],
    flags: ['promote-flags'],
    deployment: ['deploy'],
    documents: ['back-up', 'report'],
    metrics: ['verify'],
    notifications: ['notify'],
  };
  const needed = preflightCheckNames.filter((name) => neededBy[name].some((step) => !leftOut.has(step)));
  // What is copied there need not be there before.
  return leftOut.has('promote-artifacts') ? needed : needed.filter((name) => name !== 'images');
}

/** Where the back-ups of a path's target are kept. */
export function backUpSettings({ locations }: Rules, { to }: Path, application: string): JsonObject {
  return { folder: fillTemplate(locations.backups, { env: to, app: application }) };
}

/** `deploy` begins the canary that `shift-canary` judges and ends. */
function canarySettings({ canary }: Path): Readonly<Record<string, JsonObject>> {
  const { enabled, percentage, ...judgement } = canary;
  return enabled ? { deploy: { canaryPercentage: percentage }, 'shift-canary': plainJson(judgement) } : {};
}
