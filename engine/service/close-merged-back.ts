import type { StoredOpenItem } from '../store/open-item-store.ts';
import { engineActor } from '../workflow/actor.ts';
import type { ServiceContext } from './service-context.ts';
import { causeText } from '../wording/cause-text.ts';

/** A hotfix of which nobody can tell whether it is on its branch, and why. */
export interface UnclearMergeBack {
  readonly item: string;
  readonly reason: string;
}

const patienceSeconds = 60;

/**
 * Closes what is left to be merged back once the branch that the rules name has the fix, by its commits or by commits that
 * make the same changes. What cannot be found out stays open, and people may close it with a reference.
 */
export async function closeMergedBack(
  context: ServiceContext,
  signal: AbortSignal,
): Promise<readonly UnclearMergeBack[]> {
  const items = (await context.store.openItems({})).filter(({ kind }) => kind === 'merge-back');
  const unclear: UnclearMergeBack[] = [];
  for (const item of items) {
    try {
      const how = await howMergedBack(context, item, signal);
      if (how !== undefined) await close(context, item, how);
    } catch (error) {
      signal.throwIfAborted();
      unclear.push({ item: item.id, reason: causeText(error) });
    }
  }
  return unclear;
}

/** @returns where it is, in words; undefined: not there yet, or no branch is named. */
async function howMergedBack(
  { store, ports }: ServiceContext,
  item: StoredOpenItem,
  signal: AbortSignal,
): Promise<string | undefined> {
  const promotion = await store.load(item.promotionId);
  const release = promotion === undefined ? undefined : await store.loadRelease(promotion.releaseId);
  const hotfix = promotion?.definition.hotfix;
  const source = release?.content.source;
  const branch = hotfix?.mergeBackTo;
  if (hotfix === undefined || source === undefined || branch === undefined) return undefined;
  const limited = AbortSignal.any([signal, AbortSignal.timeout(patienceSeconds * 1000)]);
  const { repository, commit } = source;
  const head = await ports.source.branchHead(repository, branch, limited);
  if (head === undefined) throw new Error(`${repository} has no branch ${branch}`);
  const { standsOn } = hotfix;
  const containment = await ports.source.fixContainment(repository, head, { commit, standsOn }, limited);
  switch (containment) {
    case 'absent':
      return undefined;
    case 'commit':
      return `${branch} (${head.slice(0, 7)}) has commit ${commit.slice(0, 7)}`;
    case 'patch':
      return `${branch} (${head.slice(0, 7)}) has the same change as commit ${commit.slice(0, 7)}`;
  }
}

async function close({ store, clock }: ServiceContext, item: StoredOpenItem, note: string): Promise<void> {
  const { id, kind, promotionId, application, environment } = item;
  const data = { item: id, kind, promotionId, application, environment, note };
  await store.closeOpenItem(id, note, { at: clock.now(), type: 'item-closed', actor: engineActor, data });
}
