import type { Requirement, Rules } from './schema.ts';

/** Every role that the rules list or ask for anywhere. */
export function rolesNamedIn(rules: Pick<Rules, 'roles' | 'defaults' | 'paths' | 'hotfix'>): ReadonlySet<string> {
  const listed = (rules.roles ?? []).map(({ name }) => name);
  const ofHotfix = (rules.hotfix?.approvals ?? []).flatMap((stage) => stage.roles);
  return new Set([...listed, ...ofHotfix, ...[rules.defaults, ...rules.paths].flatMap(rolesOfRequirement)]);
}

function rolesOfRequirement(requirement: Requirement): readonly string[] {
  const { approvals, checklist, database, force, skipValidation, freezeOverride } = requirement;
  return [
    ...approvals.stages.flatMap((stage) => stage.roles),
    ...approvals.mayAutoApprove,
    ...database.rowMoves.flatMap(({ approval }) => approval.roles),
    ...[force, skipValidation, freezeOverride].flatMap((rule) => rule.roles),
    ...checklist.flatMap(({ by }) => by ?? []),
  ];
}
