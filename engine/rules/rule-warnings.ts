import { demandedGates } from './gate-schema.ts';
import type { SettingPath } from './problem.ts';
import type { SettingPlaceSource } from './rules-origin.ts';
import type { Rules } from './schema.ts';
import { unsupportedRequirements } from './unsupported-requirements.ts';

/** What is right in the rules, and still not what whoever wrote it will get. */
export interface RuleWarning {
  readonly file: string;
  /** From 1. Where no file says it, it is about the rules file as a whole, which is line 1. */
  readonly line: number;
  readonly message: string;
}

interface Unplaced {
  readonly at: SettingPath;
  readonly message: string;
}

/** Everything of the kind, each once, whichever paths it concerns, in the order of the files and their lines. */
export function ruleWarnings(rules: Rules, origin: SettingPlaceSource): readonly RuleWarning[] {
  const [file = ''] = origin.files;
  const placed = [...unsupportedWarnings(rules), ...setAsideWarnings(rules)].map(({ at, message }) => {
    const place = origin.placeOf(at) ?? origin.placeOf(atDefaults(at)) ?? { file, line: 1 };
    return { ...place, message };
  });
  const once = [...new Map(placed.map((warning) => [JSON.stringify(warning), warning])).values()];
  const orderOf = (warning: RuleWarning): number => origin.files.indexOf(warning.file);
  return once.toSorted((a, b) => orderOf(a) - orderOf(b) || a.line - b.line);
}

/** Where what a path inherits is said. */
function atDefaults(at: SettingPath): SettingPath {
  return at[0] === 'paths' ? ['defaults', ...at.slice(2)] : at;
}

/** What a promotion will be refused for: better said of the rules than when somebody promotes. */
function unsupportedWarnings(rules: Rules): readonly Unplaced[] {
  return rules.paths.flatMap((path) =>
    unsupportedRequirements(rules, path).map(({ at, name }) => ({
      at,
      message: `this version cannot carry out ${name}; a promotion that needs it is refused`,
    })),
  );
}

/** A gate that the emergency lane does without, and that nothing demands: most likely another one was meant. */
function setAsideWarnings({ hotfix, paths }: Rules): readonly Unplaced[] {
  const demanded = new Set<string>(paths.flatMap(({ gates }) => demandedGates(gates).map(({ gate }) => gate)));
  return (hotfix?.setAside ?? []).flatMap((gate, index) =>
    demanded.has(gate)
      ? []
      : [{ at: ['hotfix', 'setAside', index], message: `hotfix.setAside names ${gate}, which no path demands` }],
  );
}
