import type { EnvironmentNames } from './environment-names.ts';
import type { RestatedEntry } from './merge-trees.ts';
import { placeText } from './place-findings.ts';
import type { Finding } from './problem.ts';
import { weekdays, wideFreezeSchema, type WideFreeze } from './window-schema.ts';
import { plainValue } from './yaml-tree.ts';

/** Where a file says a freeze of a file that it extends anew, and less of it: shorter, elsewhere, or easier to get through. */
export function weakenedFreezes(restated: readonly RestatedEntry[], names: EnvironmentNames): readonly Finding[] {
  return restated
    .filter(({ path }) => path.at(-2) === 'freezes')
    .flatMap(({ path, nearer, farther }) => {
      const [given, least] = [nearer, farther].map((tree) => wideFreezeSchema.safeParse(plainValue(tree)));
      // What is wrong by itself is told by the schema.
      if (given?.success !== true || least?.success !== true) return [];
      const because = `as ${placeText(farther.span)} has the freeze ${least.data.name}`;
      return shortenings(given.data, least.data, names).map(({ setting, expected }) => ({
        path: [...path, setting],
        expected: `${expected}, ${because}`,
      }));
    });
}

interface Shortening {
  readonly setting: string;
  readonly expected: string;
}

function shortenings(given: WideFreeze, least: WideFreeze, names: EnvironmentNames): readonly Shortening[] {
  return [...spanShortenings(given, least), ...reachShortenings(given, least, names)];
}

function spanShortenings(given: WideFreeze, least: WideFreeze): readonly Shortening[] {
  if (given.kind === 'once' && least.kind === 'once') {
    return [
      ...(Date.parse(given.from) <= Date.parse(least.from)
        ? []
        : [{ setting: 'from', expected: `${least.from} or earlier` }]),
      ...(Date.parse(given.to) >= Date.parse(least.to) ? [] : [{ setting: 'to', expected: `${least.to} or later` }]),
    ];
  }
  if (given.kind !== 'weekly' || least.kind !== 'weekly') return [{ setting: 'kind', expected: least.kind }];
  const missing = weekdays.filter((day) => least.days.includes(day) && !given.days.includes(day));
  const [own, wanted] = [minutesOf(given), minutesOf(least)];
  return [
    ...(given.timeZone === least.timeZone ? [] : [{ setting: 'timeZone', expected: least.timeZone }]),
    ...(missing.length === 0 ? [] : [{ setting: 'days', expected: `a list with ${missing.join(', ')}` }]),
    ...(own.from <= wanted.from ? [] : [{ setting: 'from', expected: `${least.from} or earlier` }]),
    ...(own.to >= wanted.to ? [] : [{ setting: 'to', expected: `${least.to} or later` }]),
  ];
}

/** Minutes of the day it begins on; an end before its beginning is on the next one. */
function minutesOf({ from, to }: Pick<WideFreeze, 'from' | 'to'>): { readonly from: number; readonly to: number } {
  const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const [begin, end] = [minutes(from), minutes(to)];
  return { from: begin, to: end < begin ? end + 24 * 60 : end };
}

function reachShortenings(given: WideFreeze, least: WideFreeze, names: EnvironmentNames): readonly Shortening[] {
  const nameOf = (word: string): string => names.resolve(word) ?? word;
  const own = given.environments.map(nameOf);
  const everywhere = least.environments.length === 0;
  const left = least.environments.filter((word) => !own.includes(nameOf(word)));
  const isNarrower = own.length > 0 && (everywhere || left.length > 0);
  const environments = everywhere ? 'left out, which is every environment' : `a list with ${left.join(', ')}`;
  return [
    ...(isNarrower ? [{ setting: 'environments', expected: environments }] : []),
    ...(given.exceptHotfix && !least.exceptHotfix ? [{ setting: 'exceptHotfix', expected: 'false' }] : []),
    ...(given.overridable && !least.overridable ? [{ setting: 'overridable', expected: 'false' }] : []),
  ];
}
