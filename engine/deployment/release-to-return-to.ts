import type { DeployedRelease } from '../workflow/step-queries.ts';
import type { StepContext } from '../workflow/step-definition.ts';
import { newestGoodRelease } from './newest-good-release.ts';

/** There is nothing good to go back to; a person must decide. */
export class NoReleaseToReturnToError extends Error {
  override readonly name = 'NoReleaseToReturnToError';
}

/** The newest release that was verified in the target before this one and was not found bad since. */
export async function releaseToReturnTo({
  promotion,
  release,
  queries,
}: StepContext<unknown>): Promise<DeployedRelease> {
  const deployed = await queries.deployedReleases(promotion.application, promotion.toEnvironment);
  const good = newestGoodRelease(deployed, release.id);
  if (good === undefined) {
    throw new NoReleaseToReturnToError(
      `${promotion.toEnvironment} has no verified release of ${promotion.application} to return to; deploy one by hand, then promote again`,
    );
  }
  // A release that was restored before had been brought by the promotion of its first row.
  const first = deployed.findLast((each) => each.release.id === good.release.id);
  return { ...good, promotionId: first?.promotionId };
}
