import type { Actor } from '../workflow/actor.ts';
import { storable } from '../workflow/storable.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

export interface ClockMove {
  /** How far it was ahead, or on its way, before. */
  readonly fromSeconds: number;
  readonly bySeconds: number;
  readonly reason?: string | undefined;
}

/**
 * Writes into the audit trail that somebody moves the clock of an installation forward, before it moves: what is dated
 * behind the entry did not wait as long as it says. Only whoever keeps the clock can move it; local mode does.
 */
export async function recordClockMove(
  { authorizer, clock, store }: ServiceContext,
  actor: Actor,
  { fromSeconds, bySeconds, reason }: ClockMove,
): Promise<void> {
  await authorizer.require(actor, 'move-clock', { application: '*', environment: '*' });
  if (!(bySeconds > 0)) throw new RefusedError('a clock moves forward only');
  await store.recordAdministration({
    at: clock.now(),
    type: 'clock-moved',
    actor,
    data: { fromSeconds, bySeconds, reason: reason === undefined ? null : storable(reason).trim() },
  });
}
