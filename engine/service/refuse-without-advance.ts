import { instantText } from '../schedule/instant-text.ts';
import type { Release } from '../release.ts';
import type { AdmissionContext } from './service-context.ts';
import { NothingToDoError, RefusedError } from './service-errors.ts';

/**
 * Whoever asks for a promotion expects the environment to move on. A release that runs there already moves nothing, and
 * one that ran there before the running one is a rollback under another name: both are refused unless they are meant.
 * @throws NothingToDoError when it runs there, RefusedError when it did.
 */
export async function refuseWithoutAdvance(
  context: Pick<AdmissionContext, 'store'>,
  release: Release,
  to: string,
): Promise<void> {
  const deployed = await context.store.deployedReleases(release.application, to);
  const [running] = deployed;
  if (running === undefined) return;
  const { name, application } = release;
  if (running.release.id === release.id) {
    // What was deployed and never verified may be what a promotion is to put right.
    if (running.verifiedAt === undefined) return;
    throw new NothingToDoError(
      `${to} runs ${name} already, verified ${instantText(running.verifiedAt)}: nothing to do. promote run ${application} --release ${name} --to ${to} --again promotes it once more.`,
    );
  }
  // By when each came first: a release that was restored is not newer than what was taken back for it.
  const arrival = (id: string): number => deployed.length - deployed.findLastIndex((each) => each.release.id === id);
  const hasRun = deployed.some((each) => each.release.id === release.id);
  if (hasRun && arrival(release.id) < arrival(running.release.id)) {
    throw new RefusedError(
      `${name} ran in ${to} before ${running.release.name}, which runs there now, so that is a rollback: promote rollback ${application} --env ${to}. --again promotes ${name} all the same.`,
      true,
    );
  }
}
