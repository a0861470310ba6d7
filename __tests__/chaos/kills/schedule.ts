import { shuffled } from '../random.ts';
import { isEffect, type KillPoint } from '../worker/kill-point.ts';
import type { Traced } from '../worker/orders.ts';
import { courses, type Course } from './course.ts';

/** One promotion and where its workers are killed, in the order in which they get there. */
export interface KillPlan {
  readonly course: Course;
  readonly points: readonly KillPoint[];
  /** How often the only point that is left was passed without being reached. */
  readonly missed?: number;
}

/** Every place that an undisturbed promotion passed, once, with its moments, in order. */
export function killPointsOf(trace: readonly Traced[]): readonly KillPoint[] {
  const places = [...new Set(trace.map(({ place }) => place))];
  return places.flatMap((place) => [
    { place, moment: 'before' as const },
    ...(isEffect(place) ? [{ place, moment: 'during' as const }] : []),
    { place, moment: 'after' as const },
  ]);
}

/**
 * Spreads kills over promotions: every point comes once before any comes twice, and the points of one promotion lie far
 * from each other, so that each of its workers gets somewhere.
 */
export function planKills(
  points: Readonly<Record<Course, readonly KillPoint[]>>,
  kills: number,
  killsPerPromotion: number,
  random: () => number,
): readonly KillPlan[] {
  const plans: KillPlan[] = [];
  let left = kills;
  while (left > 0) {
    const pass = courses.flatMap((course) => spread(course, points[course], killsPerPromotion));
    for (const plan of shuffled(pass, random)) {
      if (left === 0) break;
      const kept = plan.points.slice(0, left);
      plans.push({ ...plan, points: kept });
      left -= kept.length;
    }
  }
  return plans;
}

function spread(course: Course, points: readonly KillPoint[], killsPerPromotion: number): readonly KillPlan[] {
  const promotions = Math.ceil(points.length / killsPerPromotion);
  return Array.from({ length: promotions }, (_, which) => ({
    course,
    points: points.filter((_point, index) => index % promotions === which),
  }));
}
