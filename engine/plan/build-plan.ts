import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../audit/canonical-json.ts';
import {
  chooseMigrations,
  missingSchema,
  type MigrationChoice,
  type RunningRelease,
} from '../database/choose-migrations.ts';
import { withMaskedValues } from '../configuration/configuration-changes.ts';
import { configurationProblems } from '../configuration/validate-configuration.ts';
import { renderConfiguration } from '../configuration/render-configuration.ts';
import { whatTravels } from '../configuration/what-travels.ts';
import type { JsonObject } from '../json.ts';
import type { Release } from '../release.ts';
import { deploymentStrategySchema } from '../rules/deployment-strategy.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';
import type { Definition } from '../workflow/definition.ts';
import { describeHotfix } from '../workflow/describe-hotfix.ts';
import type { Lane, Override } from '../workflow/override.ts';
import type { Ports } from '../workflow/ports.ts';
import type { StepContext } from '../workflow/step-definition.ts';
import { describeAction } from '../actions/describe-action.ts';
import { custom } from '../steps/custom.ts';
import { flagsConfigSchema } from '../steps/promote-flags.ts';
import { mergeFlags } from '../flags/merge-flags.ts';
import { leavesOut } from '../workflow/left-out.ts';
import { describeLeftOutSteps, irreversibleWithoutBackUp } from './left-out-steps.ts';
import { planSource } from './plan-source.ts';
import type { Plan, PlanBody } from './plan.ts';

export interface PlanRequest {
  readonly application: string;
  readonly release: Release;
  readonly definition: Definition;
  /** Default: the ordinary one. */
  readonly lane?: Lane;
  /** Rules that were set aside. Default: none. */
  readonly overrides?: readonly Override[];
  readonly ports: Ports;
  /** What the target runs; decides about contract migrations. */
  readonly running: RunningRelease | undefined;
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** The plan of a step's promotion as things are now. */
export async function buildPlanOf(context: StepContext<unknown>): ReturnType<typeof buildPlan> {
  const { promotion, release, ports, queries, clock, effect } = context;
  const { application, definition, lane, overrides } = promotion;
  const [running] = await queries.deployedReleases(application, definition.target.name);
  const { signal } = effect;
  return buildPlan({ application, release, definition, lane, overrides, ports, running, now: clock.now(), signal });
}

/** Renders what exactly a promotion will do to its target as the target is now. Reads only. */
export async function buildPlan(request: PlanRequest): Promise<{ readonly plan: Plan; readonly body: PlanBody }> {
  const { release, definition, ports, signal } = request;
  const { source, target } = definition;
  const status = await ports.deployment.status(target.name, signal);
  const configuration = ports.configuration(target.configuration.repository);
  const base = await configuration.head(target.configuration.branch, signal);
  const before = await configuration.read(base, target.configuration.path, signal);
  if (before === undefined) {
    throw new Error(`${target.configuration.path} is missing on branch ${target.configuration.branch}`);
  }
  const travelling = whatTravels(definition, release);
  const rendered = renderConfiguration(before, travelling);
  const problems = await configurationProblems(
    configuration,
    target.configuration,
    base,
    rendered.text,
    travelling.configuration,
    signal,
  );
  const database = await planDatabase(request);
  const leftOut = describeLeftOutSteps(definition, release);
  const body: PlanBody = {
    application: request.application,
    release: { name: release.name, digest: release.digest },
    from: source.name,
    to: target.name,
    images: release.content.images.map(({ service, image, digest }) => {
      const running = status.desired?.services.find(({ name }) => name === service)?.digest;
      const change = running === undefined ? 'new' : running === digest ? 'same' : 'changed';
      return { service, repository: `${target.registry}/${image}`, digest, change, before: running };
    }),
    configuration: {
      redirectedTo: redirection(target),
      base,
      // What is masked is in the hash all the same: the base and the release decide it.
      changes: withMaskedValues(rendered.changed),
      ...(problems.length === 0 ? {} : { problems }),
    },
    database,
    flags: await planFlags(request),
    source: await planSource(release, request.running?.release, ports, signal),
    target: { release: status.desired?.release, generation: status.generation },
    deployment: describeDeployment(definition, status.desired !== undefined),
    customSteps: describeCustomSteps(definition),
    leftOut: leftOut.length === 0 ? undefined : leftOut,
    lane: request.lane === 'hotfix' ? 'hotfix' : undefined,
    laneTerms: definition.hotfix === undefined ? undefined : describeHotfix(definition),
    setAside: setAside(request.overrides ?? []),
    irreversible: irreversibleParts(database, definition),
  };
  const json = JSON.parse(JSON.stringify(body)) as JsonObject;
  const { source: _, ...hashed } = json;
  const hash = createHash('sha256').update(canonicalJson(hashed)).digest('hex');
  return { plan: { hash, body: json }, body };
}

/** Whoever approves must know that it goes elsewhere; an address with a password in it is no address of a repository. */
function redirection({ configuration }: Definition['target']): PlanBody['configuration']['redirectedTo'] {
  const { isRedirected = false, repository, branch } = configuration;
  return isRedirected ? { repository, branch } : undefined;
}

/** Freezes are left out: they are about when, and letting a promotion through one later changes nothing of what was approved. */
function setAside(overrides: readonly Override[]): PlanBody['setAside'] {
  const told = overrides.filter(({ kind }) => kind !== 'freeze-override');
  return told.length === 0 ? undefined : told.map(({ kind, by, reason }) => ({ kind, by, reason }));
}

async function planDatabase({
  release,
  definition,
  ports,
  running,
  now,
  signal,
}: PlanRequest): Promise<PlanBody['database']> {
  const name = definition.target.database;
  const { database } = release.content;
  if (name === undefined || database === undefined) return undefined;
  const { schemaVersion, applied } = await ports.database.state(name, signal);
  const choice = leavesOut(definition, 'migrate-database')
    ? nothingMigrates
    : chooseMigrations(
        database.migrations,
        new Set(applied.map(({ version }) => version)),
        running,
        definition.contractAfterSeconds,
        now,
      );
  const { pending } = await ports.database.plan(name, choice.now, signal);
  return {
    name,
    schemaVersion,
    obstacle: missingSchema(release, choice, schemaVersion, applied),
    migrations: pending.map((migration) => ({
      version: migration.version,
      name: migration.name,
      kind: migration.kind,
      statements: migration.statements,
      checksum: database.migrations.find(({ version }) => version === migration.version)?.checksum ?? '',
    })),
    ...(choice.later.length === 0
      ? {}
      : {
          waiting: choice.later.map(({ version, name: of, kind }) => ({ version, name: of, kind })),
          undoWindowSeconds: definition.contractAfterSeconds,
        }),
  };
}

const nothingMigrates: MigrationChoice = { now: [], later: [], reason: 'the rules leave out migrate-database' };

async function planFlags({ release, definition, ports, signal }: PlanRequest): Promise<PlanBody['flags']> {
  if (!definition.target.hasFlags || leavesOut(definition, 'promote-flags')) {
    return { revision: '', added: [], changed: [], switched: undefined };
  }
  const current = await ports.flags.read(definition.target.name, signal);
  const { set } = flagsConfigSchema.parse(definition.steps.find(({ name }) => name === 'promote-flags')?.config ?? {});
  const states = [...(release.content.flagStates ?? []), ...set];
  const { flags, added, changed, switched } = mergeFlags(current.flags, release.content.flags, states);
  const switchedTo = flags
    .filter(({ key }) => switched.includes(key))
    .map(({ key, isEnabled, percentage }) => ({ key, isEnabled, percentage }));
  return { revision: current.revision, added, changed, switched: switchedTo.length === 0 ? undefined : switchedTo };
}

/** What no rollback takes back, in words. */
function irreversibleParts(database: PlanBody['database'], definition: Definition): readonly string[] {
  const steps = customStepsOf(definition)
    .filter(({ compensation }) => compensation === undefined)
    .map(({ name, action }) => `step ${name} (${describeAction(action)}) has no compensation`);
  return [...irreversibleMigrations(database), ...irreversibleWithoutBackUp(definition), ...steps];
}

const deploySchema = z.looseObject({ strategy: deploymentStrategySchema.default('rolling') });

function describeDeployment({ steps, target }: Definition, isRunning: boolean): PlanBody['deployment'] {
  const { strategy } = deploySchema.parse(steps.find(({ name }) => name === 'deploy')?.config ?? {});
  const { name } = target;
  switch (strategy) {
    case 'rolling':
      return undefined;
    case 'recreate':
      return isRunning
        ? { strategy, detail: `${name} is shut down first: requests are refused until the release is ready` }
        : { strategy, detail: `nothing runs in ${name} that had to be shut down first` };
    case 'blue-green':
      return {
        strategy,
        detail: `all requests are switched at once, and what ${name} runs is kept until the release is verified`,
      };
  }
}

function describeCustomSteps(definition: Definition): PlanBody['customSteps'] {
  const steps = customStepsOf(definition).map(({ name, action, compensation }) => ({
    name,
    does: describeAction(action),
    undo: compensation === undefined ? undefined : describeAction(compensation),
  }));
  return steps.length === 0 ? undefined : steps;
}

/** The team's own steps as the promotion started with them. */
function customStepsOf({ steps }: Definition) {
  return steps.filter(({ uses }) => uses === custom.name).map(({ config }) => custom.configSchema.parse(config));
}

/** Of contract migrations those that are still to run. */
function irreversibleMigrations(database: PlanBody['database']): readonly string[] {
  if (database === undefined) return [];
  const { migrations, waiting = [], undoWindowSeconds = 0 } = database;
  return [
    ...migrations.filter(isContract).map((each) => `${migrationText(each)} removes what older releases need`),
    ...waiting
      .filter(isContract)
      .map(
        (each) =>
          `${describeSeconds(undoWindowSeconds)} after the verification ${migrationText(each)} removes what older releases need; until then everything is taken back without loss`,
      ),
  ];
}

function isContract({ kind }: { readonly kind: 'expand' | 'contract' }): boolean {
  return kind === 'contract';
}

function migrationText({ version, name }: { readonly version: number; readonly name: string }): string {
  return `migration ${String(version)} (${name})`;
}
