import type { Actor } from '../workflow/actor.ts';
import { findRelease } from './releases.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';
import type { ServiceContext } from './service-context.ts';

/** Records a release that the caller has deployed as the verified one of an environment. */
export async function adoptDeployed(
  context: ServiceContext,
  actor: Actor,
  request: { readonly application: string; readonly environment: string; readonly release: string },
): Promise<void> {
  const { application, environment } = request;
  await context.authorizer.require(actor, 'adopt', { application, environment });
  const release = await findRelease(context, application, request.release);
  refuseUnprintable('environment', environment);
  await context.store.recordBaseline(
    { application, environment, releaseId: release.id },
    {
      at: context.clock.now(),
      type: 'adopted',
      actor,
      data: { application, environment, release: release.name, digest: release.digest },
    },
  );
}
