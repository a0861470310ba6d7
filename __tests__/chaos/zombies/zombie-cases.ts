import type { Course } from '../kills/course.ts';
import { isEffect, type KillPoint, type Moment } from '../worker/kill-point.ts';
import type { Traced } from '../worker/orders.ts';

/**
 * What happens while the zombie sleeps: another worker finishes its promotion; a person cancels it, and another worker
 * takes it back; or another worker finishes it and a newer release follows.
 */
export const zombieVariants = ['taken over', 'cancelled', 'followed'] as const;
export type ZombieVariant = (typeof zombieVariants)[number];

/** What the zombie works at when it falls asleep. */
export type ZombieCourse = Exclude<Course, 'regretted'>;

export interface ZombieCase {
  readonly course: ZombieCourse;
  readonly point: KillPoint;
  readonly variant: ZombieVariant;
}

/**
 * Every effect of every step and compensation, before it and in the middle of it, with what may happen meanwhile; and the
 * engine's own commits, which the store itself must refuse.
 */
export function zombieCases(traces: Readonly<Record<ZombieCourse, readonly Traced[]>>): readonly ZombieCase[] {
  const forward = placesIn(traces.well);
  const backward = placesIn(traces.sick).filter((place) => !forward.includes(place));
  // Nobody can cancel it half-way, and what follows it is a promotion like any other.
  const contracting = casesOf(placesIn(traces.contract), 'contract').filter(({ variant }) => variant === 'taken over');
  return [...casesOf(forward, 'well'), ...casesOf(backward, 'sick'), ...contracting];
}

/**
 * What a person may still cancel, before it is deployed, of the first promotion of an application that has neither a
 * database nor a canary nor a step of its own.
 */
export function firstPromotionCases(trace: readonly Traced[]): readonly ZombieCase[] {
  return casesOf(placesIn(trace), 'well').filter(
    ({ point, variant }) =>
      variant === 'cancelled' &&
      point.moment === 'before' &&
      !/:database\.|^(?:migrate-database|stamp|shift-canary):/.test(point.place),
  );
}

function casesOf(places: readonly string[], course: ZombieCourse): readonly ZombieCase[] {
  return places.flatMap((place) =>
    (['before', 'during'] as const).flatMap((moment) =>
      zombieVariants
        .filter((variant) => isPossible(place, moment, variant))
        .map((variant) => ({ course, point: { place, moment }, variant })),
    ),
  );
}

/** What follows the end of a promotion has no fence: deliveries may repeat, and signing adds to what others signed. */
function placesIn(trace: readonly Traced[]): readonly string[] {
  return [...new Set(trace.map(({ place }) => place))].filter((place) => !/^(?:outbox|audit):/.test(place));
}

function isPossible(place: string, moment: Moment, variant: ZombieVariant): boolean {
  if (!isEffect(place)) return moment === 'before' && variant === 'taken over';
  // What is being taken back or reported cannot be cancelled any more.
  if (variant === 'cancelled') return !(place.includes(':undo:') || /^(?:verify-rollback|report):/.test(place));
  return moment === 'before' || variant === 'taken over';
}
