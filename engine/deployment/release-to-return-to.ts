import type { Release } from '../release.ts';
import type { StepContext } from '../workflow/step-definition.ts';

/** There is nothing good to go back to; a person must decide. */
export class NoReleaseToReturnToError extends Error {
  override readonly name = 'NoReleaseToReturnToError';
}

/** The newest release that was verified in the target before this one and was not found bad since. */
export async function releaseToReturnTo({ promotion, release, queries }: StepContext<unknown>): Promise<Release> {
  const deployed = await queries.deployedReleases(promotion.application, promotion.toEnvironment);
  const good = deployed.find(
    (each) => each.verifiedAt !== undefined && each.release.id !== release.id && each.release.bad === undefined,
  );
  if (good === undefined) {
    throw new NoReleaseToReturnToError(
      `${promotion.toEnvironment} has no verified release of ${promotion.application} to return to; deploy one by hand, then promote again`,
    );
  }
  return good.release;
}
