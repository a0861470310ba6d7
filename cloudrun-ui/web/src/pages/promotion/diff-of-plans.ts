import type { Plan } from '../../api/queries.ts';
import { flagText } from '../../text/flag-text.ts';

/** One thing of a plan that is another one in a later plan; null: it is not in that plan. */
export interface PlanDifference {
  readonly setting: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What two plans would do differently, value by value. */
export function diffOfPlans(before: Plan | undefined, now: Plan | undefined): readonly PlanDifference[] {
  if (before === undefined || now === undefined) return [];
  const [old, fresh] = [valuesOf(before), valuesOf(now)];
  return [...new Set([...old.keys(), ...fresh.keys()])]
    .map((setting) => ({ setting, before: old.get(setting) ?? null, after: fresh.get(setting) ?? null }))
    .filter(({ before: was, after: is }) => was !== is);
}

/** Everything that a plan does, each with a name that is the same in every plan. */
function valuesOf(plan: Plan): ReadonlyMap<string, string> {
  const { images, configuration, database, flags, deployment, customSteps, leftOut, target, irreversible } = plan;
  return new Map<string, string>([
    ...images.map(({ service, digest }) => [`image ${service}`, digest] as const),
    ...images.flatMap(({ service, before }) => (before === null ? [] : [[`image ${service}, now`, before] as const])),
    ...configuration.changes.map(
      ({ path, before, after }) => [path, `${valueText(before)} → ${valueText(after)}`] as const,
    ),
    ...(database?.migrations ?? []).map(
      ({ version, name, kind, statements }) =>
        [`migration ${String(version)} ${name}`, `${kind}: ${statements.join('; ')}`] as const,
    ),
    ...(database?.waiting ?? []).map(({ version, name }) => [`migration ${String(version)} ${name}`, 'later'] as const),
    ...flags.added.map((key) => [`flag ${key}`, 'new'] as const),
    ...flags.changed.map((key) => [`flag ${key}`, 'defined anew'] as const),
    ...flags.switched.map(({ key, ...state }) => [`flag ${key}, state`, flagText(state)] as const),
    ...(deployment === null ? [] : [['deployment', `${deployment.strategy}: ${deployment.detail}`] as const]),
    ...customSteps.map(({ name, does }) => [`step ${name}`, does] as const),
    ...leftOut.map(({ step, means }) => [`left out: ${step}`, means] as const),
    ['runs there', target.release ?? 'nothing'],
    ...irreversible.map((each) => [`cannot be undone: ${each}`, 'yes'] as const),
  ]);
}

function valueText(value: string | number | boolean | null): string {
  return value === null ? 'unset' : String(value);
}
