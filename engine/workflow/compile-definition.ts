import { createHash } from 'node:crypto';
import { canonicalJson } from '../audit/canonical-json.ts';
import type { Json, JsonObject } from '../json.ts';
import { resolveEnvironment } from '../rules/environment-targets.ts';
import { channelsThatWait } from '../notifications/channels-that-wait.ts';
import type { Flags, Path, Rules } from '../rules/schema.ts';
import { compilePeople } from './compile-people.ts';
import { scheduleOfPath } from '../schedule/schedule-of-path.ts';
import { compilePolicies } from './compile-policies.ts';
import type { Definition, EnvironmentTarget, GateRequirement, StepPhase, StepReference } from './definition.ts';
import type { StepDefinition } from './step-definition.ts';

/** Compiles what a promotion starts with: every name resolved, every default in it. */
export function compileDefinition(
  rules: Rules,
  path: Path,
  application: string,
  steps: readonly StepDefinition[],
  isDryRun: boolean,
): Definition {
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
    privateNetworks: rules.outbound.privateNetworks,
    contractSteps: contractStepReferences(rules, path, application, steps, isDryRun),
    rulesHash: hashRules(rules),
  };
}

/** SHA-256 over the canonical JSON of a rules document. */
export function hashRules(rules: Rules): string {
  return createHash('sha256').update(canonicalJson(rules)).digest('hex');
}

/** What the rules demand of a path and this engine cannot carry out: such a promotion is refused, never run without it. */
export function unsupportedRequirements(rules: Rules, path: Path): readonly string[] {
  const environment = rules.environments.find(({ name }) => name === path.to);
  const unsupported: string[] = [];
  if (path.database.rowMoves.length > 0) unsupported.push('database.rowMoves');
  for (const step of path.steps.leaveOut) {
    if (neededByDeploy.includes(step)) unsupported.push(`leaving out ${step}, whose output the deployment needs`);
  }
  if (environment !== undefined && environment.targets.deployment.kind !== 'local') {
    unsupported.push(`deployment kind ${environment.targets.deployment.kind}`);
  }
  for (const end of rules.environments.filter(({ name }) => name === path.from || name === path.to)) {
    const { kind } = end.targets.metrics;
    if (kind !== 'probe') unsupported.push(`metrics kind ${kind} of ${end.name}`);
  }
  unsupported.push(...channelsThatWait(rules.notifications));
  return unsupported;
}

/** An environment of an application as the rules describe it now. @throws when the rules name no such thing. */
export function environmentTarget(rules: Rules, application: string, name: string): EnvironmentTarget {
  const resolved = resolveEnvironment(rules, application, name);
  const { targets } = resolved;
  const objectives = rules.environments.find((place) => place.name === resolved.environment)?.slo;
  return {
    name: resolved.environment,
    registry: targets.registry,
    configuration: targets.configuration,
    database: targets.database,
    hasFlags: targets.flags.kind !== 'none',
    services: resolved.services.map((service) => ({
      name: service.name,
      kind: service.kind,
      isCritical: service.critical,
      healthUrl: service.healthUrl,
      smokeUrls: service.smokeUrls,
      startupTimeoutSeconds: service.startupTimeoutSeconds,
      healthCheckTimeoutSeconds: service.healthCheckTimeoutSeconds,
      ...(service.maxResponseTimeSeconds === undefined
        ? {}
        : { maximumResponseTimeSeconds: service.maxResponseTimeSeconds }),
    })),
    ...(objectives === undefined ? {} : { objectives }),
    resources: [
      ...(targets.database === undefined ? [] : [`database:${targets.database}`]),
      // A branch has one writer at a time: two would each build on what the other is about to move.
      `configuration:${targets.configuration.repository}#${targets.configuration.branch}`,
      ...flagResources(targets.flags),
      ...resolved.resources.map((resource) => `shared:${resource}`),
    ],
  };
}

/** The flags that a promotion writes, under the name that everybody who writes them has for them. */
function flagResources(flags: Flags): readonly string[] {
  switch (flags.kind) {
    case 'file':
      return [`flags:${flags.path}`];
    case 'flagsmith':
      return [`flags:${flags.server}/${flags.project}/${flags.environment}`];
    case 'none':
      return [];
  }
}

const neededByDeploy: readonly string[] = ['back-up', 'promote-configuration'];

function gateRequirements(path: Path, readyPercent: number): readonly GateRequirement[] {
  const { custom, ...gates } = path.gates;
  const builtIn = Object.entries(gates).flatMap(([gate, settings]) => {
    if (settings === undefined || settings === false) return [];
    const { maxAgeSeconds, onMissing, ...own } = settings;
    const config = gate === 'readiness' ? { ...own, readyPercent } : own;
    return [{ gate, config: asJson(config), onMissing, maxAgeSeconds }];
  });
  const ofTheTeam = custom.map(({ maxAgeSeconds, onMissing, ...config }) => {
    return { gate: 'custom', name: config.name, config: asJson(config), onMissing, maxAgeSeconds };
  });
  return [...builtIn, ...ofTheTeam];
}

function asJson<Value extends object>(value: Value): Value extends readonly unknown[] ? readonly Json[] : JsonObject {
  return JSON.parse(JSON.stringify(value)) as Value extends readonly unknown[] ? readonly Json[] : JsonObject;
}

/** In a dry run every check runs and nothing is changed; images are then checked among the conditions. */
const dryRunPhases: ReadonlyMap<string, StepPhase> = new Map([
  ['initialize', 'initialize'],
  ['validate-conditions', 'conditions'],
  ['validate-artifacts', 'conditions'],
]);

function stepReferences(
  rules: Rules,
  path: Path,
  application: string,
  steps: readonly StepDefinition[],
  isDryRun: boolean,
): readonly StepReference[] {
  const target = environmentTarget(rules, application, path.to);
  const leftOut = new Set<string>(path.steps.leaveOut);
  if (target.database === undefined) leftOut.add('migrate-database');
  if (!target.hasFlags) leftOut.add('promote-flags');
  if (!path.canary.enabled) leftOut.add('shift-canary');
  if (path.checklist.length === 0) leftOut.add('await-checklist');
  const settings: Readonly<Record<string, JsonObject>> = {
    'promote-flags': { set: asJson(path.flags.set) },
    'promote-artifacts': { tagTemplate: path.images.tagTemplate },
    'validate-artifacts': {
      minimumSizeBytes: path.images.minimumSizeBytes,
      maximumSizeBytes: path.images.maximumSizeBytes,
      platforms: path.images.platforms,
      requiredLabels: path.images.requiredLabels,
      requireEntrypoint: path.images.requireEntrypoint,
    },
    'validate-conditions': { soakSeconds: path.soakSeconds },
    ...canarySettings(path),
    verify: {
      timeoutSeconds: path.verification.timeoutSeconds,
      smokeTests: path.verification.smokeTests,
      maximumErrorRatePercent: path.verification.maximumErrorRatePercent,
      stableForSeconds: path.verification.stableForSeconds,
      custom: asJson(path.verification.custom),
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
        config: asJson({ name, action, compensation }),
      };
    });
}

/** The steps of a contract run, in their order: a wait, a check under the slot, a back-up, and what it is for. */
const contractRun: readonly string[] = [
  'await-undo-window',
  'validate-contract',
  'back-up',
  'contract-database',
  'verify-contract',
  'report',
  'notify',
];

/** What runs the contract migrations after the undo window; nothing where there are none to run. */
function contractStepReferences(
  rules: Rules,
  path: Path,
  application: string,
  steps: readonly StepDefinition[],
  isDryRun: boolean,
): readonly StepReference[] {
  const leftOut = new Set<string>(path.steps.leaveOut);
  const hasDatabase = environmentTarget(rules, application, path.to).database !== undefined;
  if (isDryRun || !hasDatabase || leftOut.has('migrate-database')) return [];
  const settings = { 'verify-contract': { timeoutSeconds: path.verification.timeoutSeconds } };
  return contractRun
    .flatMap((name) => steps.find((step) => step.name === name) ?? [])
    .filter(({ name }) => !leftOut.has(name))
    .map((step) => stepReference(step, settings));
}

function stepReference(step: StepDefinition, settings: Readonly<Record<string, JsonObject>>): StepReference {
  return {
    name: step.name,
    version: step.version,
    phase: step.phase,
    isOptional: step.isOptional,
    isCompensable: step.compensate !== undefined,
    config: settings[step.name] ?? {},
  };
}

/** `deploy` begins the canary that `shift-canary` judges and ends. */
function canarySettings({ canary }: Path): Readonly<Record<string, JsonObject>> {
  const { enabled, percentage, ...judgement } = canary;
  return enabled ? { deploy: { canaryPercentage: percentage }, 'shift-canary': asJson(judgement) } : {};
}
