import type { Release } from '../release.ts';
import type { DeployedRelease } from '../workflow/step-queries.ts';

/** Whether the contract migrations of a release may run in its environment. */
export type ContractStanding =
  | { readonly kind: 'over' }
  /** A rollback still loses nothing, until then. */
  | { readonly kind: 'open'; readonly until: Date }
  /** Something else runs there, or what runs there should not stay. */
  | { readonly kind: 'moved-on'; readonly reason: string };

/**
 * @param running what the environment runs now.
 * @param contractAfterSeconds counted from the newest verification: a release that was restored begins anew.
 */
export function contractStanding(
  release: Pick<Release, 'id' | 'name' | 'bad'>,
  running: Pick<DeployedRelease, 'release' | 'verifiedAt'> | undefined,
  contractAfterSeconds: number,
  now: Date,
): ContractStanding {
  if (running === undefined || running.release.id !== release.id) {
    return { kind: 'moved-on', reason: `${running?.release.name ?? 'nothing'} runs there now` };
  }
  if (release.bad !== undefined) {
    return { kind: 'moved-on', reason: `${release.name} is marked bad, so its way back is kept` };
  }
  if (running.verifiedAt === undefined) return { kind: 'moved-on', reason: `${release.name} is not verified there` };
  const until = new Date(running.verifiedAt.getTime() + contractAfterSeconds * 1000);
  return until <= now ? { kind: 'over' } : { kind: 'open', until };
}
