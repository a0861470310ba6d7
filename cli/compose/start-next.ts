import type { EnvironmentState } from '../../engine/promotion-service.ts';
import { table } from '../render/table.ts';
import type { ShopPlaces } from './shop-environments.ts';

/** What came of a start, which decides what can be typed next. */
export interface StartedReleases {
  readonly states: readonly EnvironmentState[];
  /** Whether v2 is there and nobody marked it bad, so that it can be promoted. */
  readonly isGood: boolean;
  /** Where the web is served; undefined: nowhere. */
  readonly uiUrl: string | undefined;
}

/** Environments that are set up and in which nothing runs yet. */
export function emptyPlaces({ environments }: ShopPlaces, { states }: StartedReleases): readonly string[] {
  return environments
    .map(({ name }) => name)
    .filter((name) => !states.some((each) => each.name === name && each.release !== undefined));
}

/** What can be done after `npm start`: v2 is taken back while it runs, and brought there again while it does not. */
export function sampleNext(invocation: string, { states, isGood, uiUrl }: StartedReleases): readonly string[] {
  const running = states.find(({ name }) => name === 'staging')?.release?.name;
  return [
    '',
    'Everything keeps running. Next:',
    ...aligned([
      ...inTheWeb(uiUrl),
      [`${invocation} status --watch`, 'what runs where, and what moves'],
      [`${invocation} list`, 'every promotion'],
      ...(running === 'v2' ? ([[`${invocation} rollback shop --env staging`, 'take v2 back yourself']] as const) : []),
      ...(running !== 'v2' && isGood
        ? ([[`${invocation} run shop --release v2 --to staging`, 'bring v2 there again']] as const)
        : []),
      [`${invocation} audit verify`, 'check the audit trail against its signed heads'],
      [`${invocation} --help`, 'everything else'],
      ['npm stop', 'stop it; npm start goes on where it was'],
    ]),
  ];
}

/** What can be done in environments of other rules, whose paths may demand more than v2 has yet. */
export function rulesNext(invocation: string, places: ShopPlaces, now: StartedReleases): readonly string[] {
  const { application, environments } = places;
  const empty = emptyPlaces(places, now);
  const target = environments.find(({ isEntry }) => !isEntry)?.name;
  const running = now.states.find(({ name }) => name === target)?.release?.name;
  const isToCome = target !== undefined && running !== 'v2' && now.isGood;
  const move = `${application} --release v2 --to ${target ?? ''}`;
  return [
    ...(empty.length === 0
      ? []
      : [
          '',
          `Set up, and nothing runs there yet: ${empty.join(', ')}`,
          `  ${invocation} local start --env ${empty[0] ?? ''}`,
        ]),
    '',
    'Everything keeps running. Next:',
    ...aligned([
      ...inTheWeb(now.uiUrl),
      ...(isToCome
        ? ([
            [`${invocation} validate ${move}`, 'what the path demands of v2, and what is missing'],
            [`${invocation} run ${move}`, 'once nothing is missing'],
          ] as const)
        : []),
      [`${invocation} local bring v3`, 'a release that is broken, for the environment where they come in'],
      [`${invocation} status --watch`, 'what runs where, and what moves'],
      [`${invocation} local stop`, 'stop it; starting again goes on where it was'],
    ]),
  ];
}

function inTheWeb(uiUrl: string | undefined): readonly (readonly [string, string])[] {
  return uiUrl === undefined || uiUrl === '' ? [] : [[uiUrl, 'all of this in the browser']];
}

function aligned(rows: readonly (readonly [command: string, what: string])[]): readonly string[] {
  return table(rows, '  ');
}
