import { PathGraph } from './path-graph.ts';
import { reachableFrom } from './reachability.ts';
import type { Path, Rules } from './schema.ts';

export type Hotfix = NonNullable<Rules['hotfix']>;

/** A move in the emergency lane, as far as the rules say. */
export type LaneMove =
  | {
      readonly ok: true;
      /** What the move demands: the path's own requirements, with those of the lane in place of what it replaces. */
      readonly path: Path;
      /** The path whose requirements these are. */
      readonly instead: Path;
      /** Whether it enters the lane with this move; it need not have been verified anywhere before. */
      readonly isEntry: boolean;
      /** Environments that are passed by, in order. */
      readonly skipped: readonly string[];
    }
  | {
      readonly ok: false;
      /** One sentence for people. */
      readonly reason: string;
      /** Where it could come from, when that has to be said first. */
      readonly candidates?: readonly string[];
    };

/**
 * The move of a hotfix between two environments. The lane is entered at `entry` from any environment before it, and from
 * there it follows the listed paths; nothing enters it later, and nothing before `entry` belongs to it (design, section 9).
 * A move into `entry` that no path lists demands what the first listed path into it does.
 * @param from undefined: into `entry`, where releases come in; behind it, the only environment of the lane before `to`.
 */
export function laneMove(rules: Rules, hotfix: Hotfix, from: string | undefined, to: string): LaneMove {
  const graph = new PathGraph(rules);
  const { entry } = hotfix;
  if (to === entry) return entryMove(rules, graph, hotfix, from);
  const behind = reachableFrom(entry, rules.paths);
  if (!behind.has(to)) {
    return refuse(`the hotfix lane enters at ${entry}, and ${to} is not behind it; promote it there as any other`);
  }
  const inLane = graph.sourcesOf(to).filter((source) => source === entry || behind.has(source));
  const [only] = inLane;
  if (from === undefined && inLane.length > 1) {
    return refuse(`${to} can be reached from several environments; say which with --from`, inLane);
  }
  const source = from ?? only ?? entry;
  if (source !== entry && !behind.has(source)) {
    return refuse(`the hotfix lane may be entered at ${entry}, nowhere later; promote it to ${entry} first`);
  }
  const verdict = graph.checkMove(source, to);
  if (!verdict.ok) return refuse(verdict.reason);
  const { path } = verdict;
  return { ok: true, path: pathInLane(path, hotfix, false), instead: path, isEntry: false, skipped: [] };
}

/** Where releases come in and can get to the entry from. */
export function sourcesOfLane(rules: Pick<Rules, 'environments' | 'paths'>, entry: string): readonly string[] {
  const graph = new PathGraph(rules);
  return graph
    .environments()
    .filter((name) => graph.sourcesOf(name).length === 0 && reachableFrom(name, rules.paths).has(entry));
}

function entryMove(rules: Rules, graph: PathGraph, hotfix: Hotfix, from: string | undefined): LaneMove {
  const { entry } = hotfix;
  const [first] = graph.paths().filter((path) => path.to === entry);
  if (first === undefined) {
    return refuse(`releases come in at ${entry}, so no promotion leads there; the hotfix lane begins behind it`);
  }
  const sources = sourcesOfLane(rules, entry);
  const [only] = sources;
  if (from === undefined && (only === undefined || sources.length > 1)) {
    return refuse(`${entry} can be entered from several environments; say which with --from`, sources);
  }
  const source = from ?? only ?? first.from;
  const verdict = graph.checkMove(source, entry);
  if (verdict.ok) {
    const { path } = verdict;
    return { ok: true, path: pathInLane(path, hotfix, true), instead: path, isEntry: true, skipped: [] };
  }
  if (verdict.refusal !== 'skips') return refuse(verdict.reason);
  const path = pathInLane({ ...first, from: source }, hotfix, true);
  return { ok: true, path, instead: first, isEntry: true, skipped: verdict.skipped };
}

/**
 * A path as the lane takes it: its own approvals and its own soak; without the gates that the lane sets aside, and
 * without what is ticked beforehand, for which the emergency approval stands. Nobody brings that approval along.
 */
function pathInLane(path: Path, hotfix: Hotfix, isEntry: boolean): Path {
  const { custom, ...gates } = path.gates;
  const kept = Object.fromEntries(Object.entries(gates).filter(([gate]) => !isSetAside(hotfix, gate)));
  return {
    ...path,
    after: 'any',
    soakSeconds: isEntry ? 0 : hotfix.verifySeconds,
    gates: { ...kept, custom },
    checklist: path.checklist.filter(
      ({ phase, gate }) => phase === 'after' && (gate === undefined || !isSetAside(hotfix, gate)),
    ),
    approvals: { ...path.approvals, stages: hotfix.approvals, automaticWhenGatesPass: false, mayAutoApprove: [] },
  };
}

function isSetAside({ setAside }: Hotfix, gate: string): boolean {
  return setAside.some((each) => each === gate);
}

function refuse(reason: string, candidates?: readonly string[]): Extract<LaneMove, { ok: false }> {
  return { ok: false, reason, ...(candidates === undefined ? {} : { candidates }) };
}
