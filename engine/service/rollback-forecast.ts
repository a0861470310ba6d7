import { z } from 'zod';
import type { Release } from '../release.ts';
import type { DeploymentStrategy } from '../rules/deployment-strategy.ts';
import { mayHaveEffects, stepsToCompensate } from '../workflow/decide.ts';
import { leavesOut } from '../workflow/left-out.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { SchemaOutlook } from './rollback-target.ts';

/** A step that a rollback undoes, and what will be so when it has. */
export interface ForecastStep {
  readonly step: string;
  /** One line for people. */
  readonly will: string;
}

/** What is known of a rollback before it runs. */
export interface ForecastFacts {
  /** The newest promotion that is taken back. */
  readonly promotion: PromotionRecord;
  /** Everything that is taken back, newest first. */
  readonly takesBack: readonly PromotionRecord[];
  readonly release: Release;
  readonly returnsTo: string | undefined;
  readonly schema: SchemaOutlook | undefined;
  readonly restoresDatabase: boolean;
  /** Whether everything stops before the release that returns starts. */
  readonly stops: boolean;
  /** The plans of what is taken back, as far as they are kept. */
  readonly plans: readonly unknown[];
  /** Whether the release came there in another way, too, so that its tags stay. */
  readonly ranThereBefore: boolean;
}

const strategySchema = z.looseObject({ strategy: z.enum(['rolling', 'recreate', 'blue-green']).default('rolling') });
const appliedSchema = z.looseObject({ applied: z.array(z.number()) });
const planSchema = z.looseObject({
  flags: z
    .looseObject({
      added: z.array(z.string()).default([]),
      changed: z.array(z.string()).default([]),
      switched: z.array(z.looseObject({ key: z.string() })).nullish(),
    })
    .optional(),
  configuration: z.looseObject({ changes: z.array(z.looseObject({ path: z.string() })).default([]) }).optional(),
});

/** What each step that is undone will have brought about, in the order in which they are undone. */
export function forecastUndo(facts: ForecastFacts): readonly ForecastStep[] {
  return stepsToCompensate(facts.promotion).map((step) => ({ step, will: forecastOf(step, facts) }));
}

function forecastOf(step: string, facts: ForecastFacts): string {
  const { promotion, returnsTo, release } = facts;
  switch (step) {
    case 'deploy':
      return deploymentForecast(facts);
    case 'shift-canary':
      return `all requests go to ${returnsTo ?? 'what ran before'} again`;
    case 'migrate-database':
      return schemaForecast(facts);
    case 'contract-database':
      return 'what the contract migrations removed comes back first, by their down files';
    case 'promote-configuration':
      return configurationForecast(facts);
    case 'promote-flags':
      return flagForecast(facts);
    case 'promote-artifacts':
      return facts.ranThereBefore
        ? `the tags of ${release.name} are left, since it ran there before; its images stay, addressed by digest`
        : `the tags of ${release.name} there are removed; its images stay, addressed by digest`;
    default: {
      const summary = promotion.steps.find(({ name }) => name === step)?.summary;
      return summary === undefined ? 'undone, as far as it has come' : `undone, as the rules say; it did: ${summary}`;
    }
  }
}

function deploymentForecast({ promotion, returnsTo, release, stops, takesBack }: ForecastFacts): string {
  const deploy = promotion.steps.find(({ name }) => name === 'deploy');
  if (deploy === undefined || !mayHaveEffects(deploy)) return 'nothing was deployed yet';
  if (returnsTo === undefined) return 'fails: there is no verified release to serve again';
  const config = promotion.definition.steps.find(({ name }) => name === 'deploy')?.config;
  const how = stops
    ? `everything is stopped, then ${returnsTo} starts`
    : howByStrategy[strategySchema.parse(config ?? {}).strategy].replace('<new>', release.name);
  const wide = takesBack.length > 1 ? `, with the values from before ${takesBack.at(-1)?.id ?? ''}` : '';
  const moved = leavesOut(promotion.definition, 'promote-configuration')
    ? `; release and images in ${promotion.definition.target.configuration.path} go back by a new commit`
    : '';
  return `${returnsTo} serves again${wide}: ${how}${moved}`;
}

const howByStrategy: Readonly<Record<DeploymentStrategy, string>> = {
  rolling: 'service by service, while requests go on',
  recreate: 'everything is stopped before it starts',
  'blue-green': 'it starts beside <new>, then requests are switched to it',
};

function schemaForecast({ takesBack, schema, restoresDatabase }: ForecastFacts): string {
  if (restoresDatabase) return 'the back-up is put back, rows and schema';
  const ran = [...new Set(takesBack.flatMap(appliedBy))].sort((a, b) => a - b);
  const names = ran.length === 1 ? `migration ${String(ran[0])}` : `migrations ${ran.join(', ')}`;
  if (ran.length === 0) return 'schema as it is: no migration ran';
  switch (schema?.kind) {
    case undefined:
      return `${names}: as the release that returns needs it`;
    case 'keep':
      return `schema kept, ${names} included: ${schema.reason}`;
    case 'revert':
      return `schema undone: ${schema.migrations.map(({ version, name }) => `${String(version)} ${name}`).join(', ')}, by ${schema.migrations.length === 1 ? 'its down file' : 'their down files'}`;
    case 'refuse':
      return `fails: ${schema.reason}`;
    case 'unknown':
      return `${names}: cannot be told now`;
  }
}

function appliedBy({ steps }: PromotionRecord): readonly number[] {
  const parsed = appliedSchema.safeParse(steps.find(({ name }) => name === 'migrate-database')?.output);
  return parsed.success ? parsed.data.applied : [];
}

function plansOf({ plans }: ForecastFacts): readonly z.infer<typeof planSchema>[] {
  return plans.flatMap((body) => {
    const parsed = planSchema.safeParse(body);
    return parsed.success ? [parsed.data] : [];
  });
}

function configurationForecast(facts: ForecastFacts): string {
  const { path } = facts.promotion.definition.target.configuration;
  const known = plansOf(facts).filter(({ configuration }) => configuration !== undefined);
  const stay = 'what people edited since stays';
  if (known.length < facts.takesBack.length) return `the values in ${path} are restored by a new commit; ${stay}`;
  const paths = new Set(
    known.flatMap(({ configuration }) => configuration?.changes.map((change) => change.path) ?? []),
  );
  if (paths.size === 0) return `no value in ${path} was changed, so none is restored`;
  return `${counted(paths.size, 'value')} in ${path} restored by a new commit; ${stay}`;
}

function flagForecast(facts: ForecastFacts): string {
  const flags = plansOf(facts).flatMap((plan) => (plan.flags === undefined ? [] : [plan.flags]));
  if (flags.length < facts.takesBack.length) return 'as the back-up holds them';
  const added = new Set(flags.flatMap((each) => each.added));
  const changed = new Set(flags.flatMap((each) => each.changed).filter((key) => !added.has(key)));
  const switched = new Set(
    flags.flatMap((each) => (each.switched ?? []).map(({ key }) => key)).filter((key) => !added.has(key)),
  );
  const parts = [
    ...(added.size === 0 ? [] : [`${counted(added.size, 'flag')} removed (${[...added].join(', ')})`]),
    ...(changed.size === 0 ? [] : [`${counted(changed.size, 'definition')} as before (${[...changed].join(', ')})`]),
    ...(switched.size === 0
      ? []
      : [`${counted(switched.size, 'state')} as before unless moved since (${[...switched].join(', ')})`]),
  ];
  return parts.length === 0 ? 'no flag was changed, so none is' : parts.join(', ');
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
