import type { StepContext } from '../workflow/step-definition.ts';
import { newestGoodRelease } from './newest-good-release.ts';
import type { DeployedRelease } from '../workflow/step-queries.ts';

/** There is nothing good to go back to; a person must decide. */
export class NoReleaseToReturnToError extends Error {
  override readonly name = 'NoReleaseToReturnToError';
}

/** The release that a person chose, or the newest that was verified in the target before; never one that is known bad. */
export async function releaseToReturnTo({
  promotion,
  release,
  queries,
}: Pick<StepContext<unknown>, 'promotion' | 'release' | 'queries'>): Promise<DeployedRelease> {
  const { application, toEnvironment, rollback } = promotion;
  const deployed = await queries.deployedReleases(application, toEnvironment);
  const chosen = rollback?.to;
  const good =
    chosen === undefined
      ? newestGoodRelease(deployed, release.id)
      : newestGoodRelease(
          deployed.filter((each) => each.release.id === chosen.releaseId),
          release.id,
        );
  if (good === undefined) {
    throw new NoReleaseToReturnToError(
      chosen === undefined
        ? `${toEnvironment} has no verified release of ${application} to return to; deploy one by hand, then promote again`
        : `${chosen.release} is no verified release of ${toEnvironment} any more, so it cannot be returned to; choose another with promote rollback ${application} --env ${toEnvironment} --list`,
    );
  }
  // A release that was restored before had been brought by the promotion of its first row.
  const first = deployed.findLast((each) => each.release.id === good.release.id);
  return { ...good, promotionId: first?.promotionId };
}
