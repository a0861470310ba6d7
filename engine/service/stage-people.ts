import { firstUnstaffedStage, type StageToStaff } from '../rules/stage-staffing.ts';
import type { Scope } from '../authorization.ts';
import { roles } from '../workflow/actor.ts';
import { personKey, samePersonMayFillStages, stagePeopleText, type ApprovalStanding } from '../workflow/approvals.ts';
import type { ApprovalStage, Definition } from '../workflow/definition.ts';
import type { ServiceStore } from '../store/service-store.ts';
import { RefusedError } from './service-errors.ts';

/**
 * Refuses a promotion that could only expire, because too few people could approve it beside those behind the change.
 * @throws RefusedError
 */
export async function refuseUnstaffed(
  context: { readonly store: Pick<ServiceStore, 'holdersOf'> },
  scope: Scope,
  definition: Definition,
  behind: ReadonlySet<string>,
): Promise<void> {
  const stages = await stagesToStaff(context.store, scope, definition.approvalStages, behind);
  const index = firstUnstaffedStage(stages, samePersonMayFillStages(definition));
  const stage = index === undefined ? undefined : definition.approvalStages[index];
  if (index === undefined || stage === undefined) return;
  const found = [...(stages[index]?.people ?? [])];
  const [role] = stage.roles;
  const isFirst = index === 0 || samePersonMayFillStages(definition);
  const elsewhere = isFirst ? '' : ' who does not count in an earlier stage';
  const remedy = role === undefined ? 'name more people in the rules' : `promote role bind <person> ${role}`;
  throw new RefusedError(
    `nobody could complete the stage ${stage.name}: it needs ${String(stage.minimumApprovals)} of ${stagePeopleText(stage)}, and beside whoever asked for this change or wrote it there is ${found.length === 0 ? 'nobody' : `only ${found.join(', ')}`}${elsewhere}; ${remedy}`,
    true,
  );
}

/**
 * Refuses an approval that would use up the only person whom a later stage could have, as long as others can give it.
 * @throws RefusedError
 */
export async function refuseUsingUp(
  context: { readonly store: Pick<ServiceStore, 'holdersOf'> },
  scope: Scope,
  definition: Pick<Definition, 'approvalStages' | 'approvalRule'>,
  standing: Extract<ApprovalStanding, { kind: 'waiting' }>,
  person: string,
  behind: ReadonlySet<string>,
): Promise<void> {
  if (samePersonMayFillStages(definition)) return;
  const { stage, by, spent } = standing;
  const place = definition.approvalStages.findIndex(({ name }) => name === stage.name);
  const later = definition.approvalStages.slice(place + 1);
  if (later.length === 0) return;
  const gone = [...behind, ...spent, ...by];
  const left = async (missing: number, without: readonly string[]): Promise<number | undefined> => {
    const stages = [{ ...stage, minimumApprovals: missing }, ...later];
    return firstUnstaffedStage(
      await stagesToStaff(context.store, scope, stages, new Set([...gone, ...without])),
      false,
    );
  };
  const missing = stage.minimumApprovals - by.length;
  const bereft = await left(missing - 1, [personKey(person)]);
  if (bereft === undefined || (await left(missing, [])) !== undefined) return;
  const needy = later[bereft - 1]?.name ?? stage.name;
  throw new RefusedError(
    `${person} is needed for the stage ${needy}, which nobody else could complete; let another of ${stagePeopleText(stage)} approve the stage ${stage.name}`,
  );
}

/** Who could approve each stage. Identities may bring the engine's own roles, so those who hold them cannot be listed. */
export async function stagesToStaff(
  store: Pick<ServiceStore, 'holdersOf'>,
  { application, environment }: Scope,
  stages: readonly ApprovalStage[],
  without: ReadonlySet<string>,
): Promise<readonly StageToStaff[]> {
  const builtIn: readonly string[] = roles;
  return Promise.all(
    stages.map(async ({ people, roles: wanted, minimumApprovals: minimum }) => {
      if (wanted.some((role) => builtIn.includes(role))) return { people: undefined, minimum };
      const bound = await Promise.all(wanted.map((role) => store.holdersOf(role, application, environment)));
      const everybody = new Set([...people, ...bound.flat()].map(personKey));
      return { people: new Set([...everybody].filter((person) => !without.has(person))), minimum };
    }),
  );
}
