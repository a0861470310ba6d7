import type { ValueChange } from '../../diff/value-change.ts';
import type { StateAt } from './changed-query.ts';

type Difference = StateAt['differences'][number];
type Origin = NonNullable<Difference['promotion']>;

/** What was otherwise in one environment of one application. */
export interface PlaceDifferences {
  readonly application: string;
  readonly environment: string;
  readonly changes: readonly ValueChange[];
  /** By which it was changed since, each once. */
  readonly promotions: readonly Origin[];
}

/** In the order in which the places come; within one, as they are told. */
export function differencesByPlace(differences: readonly Difference[]): readonly PlaceDifferences[] {
  const places = Map.groupBy(differences, ({ application, environment }) => `${application} ${environment}`);
  return [...places.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const origins = own.flatMap(({ promotion }) => (promotion === null ? [] : [[promotion.id, promotion] as const]));
    return [
      {
        application: first.application,
        environment: first.environment,
        changes: own.map(({ kind, subject, then, isThenKnown, now }) => ({
          setting: kind === 'release' ? kind : `${kind} ${subject}`,
          before: isThenKnown ? then : undefined,
          after: now,
        })),
        promotions: [...new Map(origins).values()],
      },
    ];
  });
}
