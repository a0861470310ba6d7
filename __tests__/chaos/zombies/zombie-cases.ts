import type { Health } from '../installation/tiny-service.ts';
import { isEffect, type KillPoint } from '../worker/kill-point.ts';
import type { Traced } from '../worker/orders.ts';

/**
 * What happens while the zombie sleeps: another worker finishes its promotion; a person cancels it, and another worker
 * takes it back; or another worker finishes it and a newer release follows.
 */
export const zombieVariants = ['taken over', 'cancelled', 'followed'] as const;
export type ZombieVariant = (typeof zombieVariants)[number];

export interface ZombieCase {
  readonly health: Health;
  readonly point: KillPoint;
  readonly variant: ZombieVariant;
}

/** Every effect of every step and compensation, before it and in the middle of it, with what may happen meanwhile. */
export function zombieCases(traces: Readonly<Record<Health, readonly Traced[]>>): readonly ZombieCase[] {
  const forward = effectsIn(traces.well);
  const backward = effectsIn(traces.sick).filter((place) => !forward.includes(place));
  const places = [
    ...forward.map((place) => ({ place, health: 'well' as const })),
    ...backward.map((place) => ({ place, health: 'sick' as const })),
  ];
  return places.flatMap(({ place, health }) =>
    (['before', 'during'] as const).flatMap((moment) =>
      zombieVariants
        .filter((variant) => isPossible(place, variant))
        .map((variant) => ({ health, point: { place, moment }, variant })),
    ),
  );
}

/** What follows the end of a promotion has no fence: deliveries may repeat, and signing adds to what others signed. */
function effectsIn(trace: readonly Traced[]): readonly string[] {
  const places = trace.map(({ place }) => place).filter((place) => isEffect(place) && !/^(?:outbox|audit):/.test(place));
  return [...new Set(places)];
}

/** What is being taken back or reported cannot be cancelled any more. */
function isPossible(place: string, variant: ZombieVariant): boolean {
  return variant !== 'cancelled' || !(place.includes(':undo:') || place.startsWith('report:'));
}
