import type { Release } from '../release.ts';
import { mayHaveChangedTarget } from '../workflow/decide.ts';
import { describePromotion } from '../workflow/describe-promotion.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

const mostOpen = 1000;

/**
 * While something changes an environment, what is recorded to run there says nothing of what will: whoever asks for a
 * release that is recorded there is told of that change, and never that it runs there already.
 * @throws RefusedError naming the promotion or rollback that is under way.
 */
export async function refuseWhileChanging(
  { store }: Pick<ServiceContext, 'store'>,
  release: Release,
  to: string,
): Promise<void> {
  const { application, name } = release;
  const deployed = await store.deployedReleases(application, to);
  if (!deployed.some((each) => each.release.id === release.id)) return;
  const runs = deployed[0]?.release.id === release.id;
  const into = { application, environment: to, kinds: ['promote', 'rollback'], limit: mostOpen } as const;
  const open = await store.listPromotions({ ...into, isActive: true });
  const stuck = await store.listPromotions({ ...into, states: ['ROLLBACK_FAILED'] });
  const changing = [...stuck, ...open].filter((each) => changesEnvironment(each, release));
  // Beside a promotion that only goes on, going back to what ran before it is a rollback like any other.
  const change = changing.find(takesBack) ?? (runs ? changing[0] : undefined);
  if (change === undefined) return;
  const moved =
    change.releaseId === release.id ? name : ((await store.loadRelease(change.releaseId))?.name ?? 'another');
  const what = takesBack(change) ? `${moved} is being taken back there` : `${moved} is on its way there`;
  throw new RefusedError(
    `what runs in ${to} is being changed: ${what} by ${change.id} (${describePromotion(change)}). Ask for ${name} once that has ended; promote logs ${change.id} --follow sees it end`,
    true,
  );
}

/** Whether it has changed its environment, may do so at any moment, or goes back behind what it has changed. */
function changesEnvironment(record: PromotionRecord, release: Release): boolean {
  const { isDryRun, kind, state, holdsSlot, releaseId } = record;
  if (isDryRun) return false;
  if (state === 'ROLLBACK_FAILED') return holdsSlot;
  // The same release on its way once more is told of as that.
  if (kind === 'promote' && !takesBack(record) && releaseId === release.id) return false;
  return holdsSlot || mayHaveChangedTarget(record);
}

function takesBack({ kind, rollback }: PromotionRecord): boolean {
  return kind === 'rollback' || rollback !== undefined;
}
