import { closest } from './closest-word.ts';
import type { EnvironmentNames } from './environment-names.ts';
import type { Outline } from './outline.ts';
import type { Finding, SettingPath } from './problem.ts';
import { reachableFrom, type Move } from './reachability.ts';

/** A reference to an environment that there is not. */
export function unknownEnvironment(
  word: string | undefined,
  path: SettingPath,
  names: EnvironmentNames,
): readonly Finding[] {
  if (word === undefined || names.resolve(word) !== undefined) return [];
  const known = names.names();
  // Where there is none at all, that is what is wrong, and the schema says so once.
  if (known.length === 0) return [];
  return [
    {
      path,
      expected: `an environment: ${known.join(', ')}`,
      found: word,
      suggestion: closest(word, names.words()),
    },
  ];
}

/** What is wrong with the paths as a graph: unknown ends, self paths, cycles, and `after` that cannot come true. */
export function pathFindings(outline: Outline, names: EnvironmentNames): readonly Finding[] {
  const { paths } = outline;
  const findings: Finding[] = [];
  const moves: Move[] = [];
  paths.forEach(({ from, to }, index) => {
    const at = ['paths', index];
    findings.push(...unknownEnvironment(from, [...at, 'from'], names), ...unknownEnvironment(to, [...at, 'to'], names));
    const [source, target] = [from, to].map((word) => (word === undefined ? undefined : names.resolve(word)));
    if (source === undefined || target === undefined) return;
    if (source === target) {
      findings.push({ path: [...at, 'to'], expected: `another environment than ${source}`, found: to ?? target });
      return;
    }
    const wayBack = routeBetween(target, source, moves);
    if (wayBack !== undefined) {
      findings.push({
        path: [...at, 'to'],
        expected: 'paths that only go forward',
        found: `the circle ${[source, ...wayBack].join(' → ')}`,
      });
      return;
    }
    moves.push({ from: source, to: target });
  });
  paths.forEach((path, index) => findings.push(...afterFindings(path, ['paths', index, 'after'], names, moves)));
  return findings;
}

function afterFindings(
  path: Outline['paths'][number],
  at: SettingPath,
  names: EnvironmentNames,
  moves: readonly Move[],
): readonly Finding[] {
  const { atLeast, of } = path.after;
  const findings: Finding[] = [];
  const target = path.to === undefined ? undefined : names.resolve(path.to);
  const behind = target === undefined ? new Set<string>() : reachableFrom(target, moves);
  const counted = new Set<string>();
  of.forEach((word, index) => {
    const here = [...at, 'of', index];
    findings.push(...unknownEnvironment(word, here, names));
    if (word === undefined) return;
    const environment = names.resolve(word) ?? word;
    if (counted.has(environment)) findings.push({ path: here, expected: 'each environment once', found: word });
    counted.add(environment);
    if (environment === target || behind.has(environment)) {
      findings.push({
        path: here,
        expected: `an environment that a release reaches before ${target ?? 'the target'}`,
        found: word,
      });
    }
  });
  if (atLeast !== undefined && of.length > 0 && atLeast > counted.size) {
    findings.push({
      path: [...at, 'atLeast'],
      expected: `at most ${String(counted.size)}, the number of environments listed`,
    });
  }
  return findings;
}

/** The environments on the shortest way, both ends included; undefined when there is none. */
function routeBetween(from: string, to: string, moves: readonly Move[]): readonly string[] | undefined {
  const cameFrom = new Map<string, string | undefined>([[from, undefined]]);
  const waiting = [from];
  for (let here = waiting.shift(); here !== undefined; here = waiting.shift()) {
    if (here === to) {
      const route: string[] = [];
      for (let step: string | undefined = to; step !== undefined; step = cameFrom.get(step)) route.unshift(step);
      return route;
    }
    for (const move of moves) {
      if (move.from !== here || cameFrom.has(move.to)) continue;
      cameFrom.set(move.to, here);
      waiting.push(move.to);
    }
  }
  return undefined;
}
