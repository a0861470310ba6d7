import { closest } from './closest-word.ts';
import { inheritDefaults } from './inheritance.ts';
import { outlineOf, type Outline, type StageOutline } from './outline.ts';
import type { Finding, SettingPath } from './problem.ts';
import { firstUnstaffedStage, type StageToStaff } from './stage-staffing.ts';
import { roles as engineRoles } from '../workflow/actor.ts';

/** A role that the document does not list, though it lists roles, and that is none of the engine's own either. */
export function roleFinding(
  role: string | undefined,
  path: SettingPath,
  { roles }: Pick<Outline, 'roles'>,
): readonly Finding[] {
  if (role === undefined || roles === undefined) return [];
  const known = [...new Set<string>([...roles.flatMap(({ name }) => name ?? []), ...engineRoles])];
  if (known.includes(role)) return [];
  return [{ path, expected: `a role: ${known.join(', ')}`, suggestion: closest(role, known) }];
}

/** A quorum of more people than could ever answer. Roles without listed people are bound elsewhere and not counted. */
export function stageFindings(stage: StageOutline, at: SettingPath, outline: Outline): readonly Finding[] {
  const unknown = stage.roles.flatMap((role, index) => roleFinding(role, [...at, 'roles', index], outline));
  // A list of people alone is judged with the schema, which knows how many it names.
  if (stage.roles.length === 0) return unknown;
  const { people, minimum } = stageToStaff(stage, outline);
  if (people === undefined || minimum <= people.size) return unknown;
  const expected = `at most ${String(people.size)}, the number of people in its roles and on its list`;
  return [...unknown, { path: [...at, 'minimumApprovals'], expected }];
}

/** Stages of which each has enough people, and which share them so that they run out. */
export function staffingFindings(document: unknown): readonly Finding[] {
  const authored = outlineOf(document);
  const inherited = outlineOf(inheritDefaults(document));
  const ofPaths = inherited.paths.flatMap(({ approvals }, index) => {
    const isInherited = (authored.paths[index]?.approvals.stages.length ?? 0) === 0;
    const at = isInherited ? ['defaults', 'approvals', 'stages'] : ['paths', index, 'approvals', 'stages'];
    return sharedPeopleFindings(approvals.stages, approvals.samePersonMayFillStages === true, at, inherited);
  });
  return [...ofPaths, ...sharedPeopleFindings(inherited.hotfix.approvals, false, ['hotfix', 'approvals'], inherited)];
}

function sharedPeopleFindings(
  stages: readonly StageOutline[],
  samePersonMayFillStages: boolean,
  at: SettingPath,
  outline: Outline,
): readonly Finding[] {
  if (samePersonMayFillStages) return [];
  const toStaff = stages.map((stage) => stageToStaff(stage, outline));
  // What one stage lacks by itself is told where it stands.
  const possible = toStaff.map((stage) => (isPossible(stage) ? stage : { ...stage, people: undefined }));
  const index = firstUnstaffedStage(possible, false);
  if (index === undefined) return [];
  const expected =
    'a stage that is left enough people: each counts in one stage only, and the stages before it need the same ones (samePersonMayFillStages: true lets one count in several)';
  return [{ path: [...at, index], expected, found: `the stage ${stages[index]?.name ?? String(index)}` }];
}

function isPossible({ people, minimum }: StageToStaff): boolean {
  return people !== undefined && people.size >= minimum;
}

function stageToStaff(stage: StageOutline, { roles }: Pick<Outline, 'roles'>): StageToStaff {
  const members = stage.roles.map((role) => roles?.find(({ name }) => name === role)?.people ?? []);
  const isOpen = members.some((people) => people.length === 0);
  const people = [...stage.people, ...members.flat()].flatMap((person) => person?.toLowerCase() ?? []);
  return { people: isOpen ? undefined : new Set(people), minimum: stage.minimumApprovals ?? 1 };
}
