import { laneMove } from './hotfix-lane.ts';
import type { Path, Rules } from './schema.ts';

/** Every path into an environment, and each as the emergency lane takes it, where the rules have one. */
export function pathsInto(rules: Rules, environment: string): readonly Path[] {
  const listed = rules.paths.filter(({ to }) => to === environment);
  const { hotfix } = rules;
  if (hotfix === undefined) return listed;
  const inLane = listed.flatMap(({ from }) => {
    const move = laneMove(rules, hotfix, from, environment);
    return move.ok ? [move.path] : [];
  });
  return [...listed, ...inLane];
}
