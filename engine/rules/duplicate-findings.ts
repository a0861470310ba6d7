import type { EnvironmentNames } from './environment-names.ts';
import type { Outline, RequirementOutline } from './outline.ts';
import { formatPath, type Finding, type SettingPath } from './problem.ts';

type Words = readonly (readonly [SettingPath, string | undefined])[];

/** Each word again after the first, with the place of the first. */
function again(words: Words, what: string): readonly Finding[] {
  const first = new Map<string, SettingPath>();
  return words.flatMap(([path, word]): readonly Finding[] => {
    if (word === undefined) return [];
    const earlier = first.get(word);
    if (earlier === undefined) {
      first.set(word, path);
      return [];
    }
    return [{ path, expected: `${what} that is not taken; ${formatPath(earlier)} has it`, found: word }];
  });
}

const namesOf = (list: readonly { readonly name?: string | undefined }[], at: SettingPath): Words =>
  list.map(({ name }, index) => [[...at, index, 'name'], name]);

/** Names that must be unique and are not. */
export function duplicateFindings(outline: Outline, names: EnvironmentNames): readonly Finding[] {
  const { applications, environments, paths, roles, notifications } = outline;
  const environmentWords = environments.flatMap(({ name, aliases }, index): Words => [
    [['environments', index, 'name'], name],
    ...aliases.map((alias, position) => [['environments', index, 'aliases', position], alias] as const),
  ]);
  const moves = paths.map(({ from, to }, index) => {
    if (from === undefined || to === undefined) return [['paths', index], undefined] as const;
    return [['paths', index], `${names.resolve(from) ?? from} → ${names.resolve(to) ?? to}`] as const;
  });
  return [
    ...again(namesOf(applications, ['applications']), 'a name'),
    ...applications.flatMap(({ services }, index) =>
      again(namesOf(services, ['applications', index, 'services']), 'a name'),
    ),
    ...again(environmentWords, 'a name or alias'),
    ...environments.flatMap(({ services }, index) =>
      again(namesOf(services, ['environments', index, 'services']), 'a service'),
    ),
    ...again(moves, 'a move'),
    ...again(namesOf(roles ?? [], ['roles']), 'a name'),
    ...again(namesOf(notifications.channels, ['notifications', 'channels']), 'a name'),
    ...again(namesOf(outline.hotfix.approvals, ['hotfix', 'approvals']), 'a name'),
    ...duplicatesInRequirement(outline.defaults, ['defaults']),
    ...paths.flatMap((path, index) => duplicatesInRequirement(path, ['paths', index])),
  ];
}

function duplicatesInRequirement(requirement: RequirementOutline, at: SettingPath): readonly Finding[] {
  const { gates, steps, approvals, checklist, verification } = requirement;
  return [
    ...again(namesOf(gates.custom, [...at, 'gates', 'custom']), 'a name'),
    ...again(namesOf(steps.custom, [...at, 'steps', 'custom']), 'a name'),
    ...again(namesOf(verification.custom, [...at, 'verification', 'custom']), 'a name'),
    ...again(namesOf(approvals.stages, [...at, 'approvals', 'stages']), 'a name'),
    ...again(
      checklist.map(({ item }, index) => [[...at, 'checklist', index, 'item'], item]),
      'an item',
    ),
  ];
}
