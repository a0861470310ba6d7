import { demandsOf } from '../../engine/rules/describe-path.ts';
import { demandedGates } from '../../engine/rules/gate-schema.ts';
import type { PathExplanation } from '../../engine/rules/explain-path.ts';
import type { RuleProblem } from '../../engine/rules/problem.ts';
import type { Path, Rules } from '../../engine/rules/schema.ts';
import type { SettingPlaces } from '../../engine/rules/setting-places.ts';

/** The paths of a rules document with what each demands, every default filled in; times are seconds. */
export function graphJson(file: string, rules: Rules, places: SettingPlaces) {
  return {
    file,
    environments: rules.environments.map(({ name, aliases }) => ({ name, aliases })),
    paths: rules.paths.map((path) => ({ ...pathJson(path), places: placesJson(path, places) })),
  };
}

function pathJson(path: Path) {
  const { from, to, after, approvals, bakeSeconds, canary, checklist, soakSeconds, windows } = path;
  return {
    from,
    to,
    after,
    soakSeconds,
    gates: demandedGates(path.gates),
    approvals: approvals.stages,
    checklist: { items: checklist.length, tickedByGates: checklist.filter(({ gate }) => gate !== undefined).length },
    windows,
    canary: canary.enabled ? canary : null,
    bakeSeconds,
  };
}

function placesJson(path: Path, places: SettingPlaces) {
  const settings = new Map(
    demandsOf(path).flatMap(({ points }) => points.map(({ setting }) => [setting.join('.'), setting] as const)),
  );
  return [...settings].flatMap(([setting, at]) => places.ofPath(path, at).map((place) => ({ setting, ...place })));
}

export function problemsJson(problems: readonly RuleProblem[]) {
  return problems.map(({ file, line, column, path, expected, found, suggestion, message }) => {
    return { file, line, column, path, expected, found, suggestion: suggestion ?? null, message };
  });
}

/** What a path demands, in words; absent things are null. */
export function explanationJson({ changesAt, reason, ...rest }: PathExplanation) {
  return { ...rest, changesAt: changesAt ?? null, reason: reason ?? null };
}
