import { limitProblems, placeFindings } from '../rules/place-findings.ts';
import type { Finding, RuleProblem, SettingPath } from '../rules/problem.ts';
import { readRulesFile } from '../rules/read-rules-file.ts';
import type { RulesDocument } from '../rules/rules-document.ts';
import { schemaFindings } from '../rules/schema-findings.ts';
import { locate, plainValue } from '../rules/yaml-tree.ts';
import { MomentError, Moments } from './moments.ts';
import { scenarioFileSchema, type Scenario, type ScenarioFile, type ScenarioStep } from './scenario-schema.ts';

export interface ScenarioPlace {
  readonly line: number;
  readonly column: number;
}

/** A file of scenarios, with where everything stands in it. */
export interface ReadScenarios {
  readonly ok: true;
  readonly file: string;
  readonly content: ScenarioFile;
  /** Where a setting stands, or the group that it is missing from. */
  placeOf(path: SettingPath): ScenarioPlace;
}

/** Reads a file of scenarios and says everything that is wrong with it, each at its place; never throws. */
export async function readScenarios(
  path: string,
): Promise<ReadScenarios | { readonly ok: false; readonly problems: readonly RuleProblem[] }> {
  return judgeScenarios(await readRulesFile(path));
}

export function judgeScenarios({
  source,
  tree,
  problems,
}: RulesDocument): ReadScenarios | { readonly ok: false; readonly problems: readonly RuleProblem[] } {
  if (tree === undefined) return { ok: false, problems };
  const document = plainValue(tree);
  const findings = schemaFindings(scenarioFileSchema, document);
  const parsed = scenarioFileSchema.safeParse(document);
  const more = parsed.success ? [...momentFindings(parsed.data), ...nameFindings(parsed.data)] : [];
  const all = [...problems, ...placeFindings([...findings, ...more], tree)];
  if (all.length > 0 || !parsed.success) return { ok: false, problems: limitProblems(all, [source.file]) };
  return {
    ok: true,
    file: source.file,
    content: parsed.data,
    placeOf: (path) => {
      const { keySpan, headSpan } = locate(tree, path);
      return source.placeOf((keySpan ?? headSpan).start);
    },
  };
}

/** Moments that there are not, and steps that come before the one before them. */
function momentFindings({ scenarios, timeZone }: ScenarioFile): readonly Finding[] {
  return scenarios.flatMap((scenario, index) => {
    const moments = new Moments(scenario.timeZone ?? timeZone);
    const findings: Finding[] = [];
    const read = (text: string | undefined, before: Date, path: SettingPath): Date => {
      if (text === undefined) return before;
      try {
        return moments.read(text, before);
      } catch (error) {
        if (!(error instanceof MomentError)) throw error;
        findings.push({ path, expected: `a moment that there is; ${error.message}`, found: text });
        return before;
      }
    };
    const at: SettingPath = ['scenarios', index];
    let now = read(scenario.start, new Date(0), [...at, 'start']);
    scenario.steps.forEach((step, position) => {
      const place = [...at, 'steps', position, 'at'];
      const then = read(step.at, now, place);
      if (then < now) {
        findings.push({ path: place, expected: `at or after ${moments.text(now)}, the moment of the step before` });
      } else now = then;
    });
    for (const [path, text] of otherMoments(scenario)) read(text, now, [...at, ...path]);
    return findings;
  });
}

type PlacedMoment = readonly [path: SettingPath, text: string | undefined];

function otherMoments({ given, steps }: Scenario): readonly PlacedMoment[] {
  return [
    ...releaseMoments(given.releases, ['given', 'releases']),
    ...steps.flatMap((step, index) =>
      stepMoments(step).map(([path, text]): PlacedMoment => [['steps', index, ...path], text]),
    ),
  ];
}

function stepMoments({ hold, freeze, waive, releases = {}, expect }: ScenarioStep): readonly PlacedMoment[] {
  const until = expect?.until === 'somebody acts' ? undefined : expect?.until;
  return [
    [['hold', 'until'], hold?.until],
    [['freeze', 'from'], freeze?.from],
    [['freeze', 'to'], freeze?.to],
    [['waive', 'until'], waive?.until],
    ...releaseMoments(releases, ['releases']),
    [['expect', 'until'], until],
    [['expect', 'open', 'until'], expect?.open?.until],
    [['expect', 'openings', 'since'], expect?.openings?.since],
    [['expect', 'openings', 'until'], expect?.openings?.until],
    ...(expect?.openings?.are ?? []).flatMap(({ from, to }, index): readonly PlacedMoment[] => [
      [['expect', 'openings', 'are', index, 'from'], from],
      [['expect', 'openings', 'are', index, 'to'], to],
    ]),
  ];
}

function releaseMoments(releases: Scenario['given']['releases'], at: SettingPath): readonly PlacedMoment[] {
  return Object.entries(releases).flatMap(([name, { verifiedIn, evidence }]): readonly PlacedMoment[] => [
    ...(Array.isArray(verifiedIn)
      ? []
      : Object.entries(verifiedIn).map(([place, text]): PlacedMoment => [[...at, name, 'verifiedIn', place], text])),
    ...evidence.map(({ collectedAt }, index): PlacedMoment => [
      [...at, name, 'evidence', index, 'collectedAt'],
      collectedAt,
    ]),
  ]);
}

function nameFindings({ scenarios }: ScenarioFile): readonly Finding[] {
  const seen = new Set<string>();
  return scenarios.flatMap(({ name }, index): readonly Finding[] => {
    if (seen.has(name)) return [{ path: ['scenarios', index, 'name'], expected: 'a name that no scenario before has' }];
    seen.add(name);
    return [];
  });
}
