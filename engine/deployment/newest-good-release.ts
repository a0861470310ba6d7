import type { DeployedRelease } from '../workflow/step-queries.ts';

/**
 * The newest release that was verified in an environment and was not found bad since, other than the one to take back.
 * @param deployed newest first.
 */
export function newestGoodRelease(
  deployed: readonly DeployedRelease[],
  takenBackId: string,
): DeployedRelease | undefined {
  return deployed.find(
    (each) => each.verifiedAt !== undefined && each.release.id !== takenBackId && each.release.bad === undefined,
  );
}
