import type { Rules } from './schema.ts';

/**
 * The environments in the order in which releases come to them: each after all that lead to it, and otherwise as the
 * rules name them. Environments of a circle, which no release enters from outside, come last.
 */
export function environmentsAlongPaths({
  environments,
  paths,
}: Pick<Rules, 'environments' | 'paths'>): readonly string[] {
  const waiting = environments.map(({ name }) => name);
  const placed: string[] = [];
  while (waiting.length > 0) {
    const next = waiting.findIndex((name) => paths.every(({ from, to }) => to !== name || placed.includes(from)));
    placed.push(...waiting.splice(Math.max(0, next), 1));
  }
  return placed;
}
