import { shuffled } from '../random.ts';
import type { Health } from '../installation/tiny-service.ts';
import { isEffect, type KillPoint } from '../worker/kill-point.ts';
import type { Traced } from '../worker/orders.ts';

/** One promotion and where its workers are killed, in the order in which they get there. */
export interface KillPlan {
  readonly health: Health;
  readonly points: readonly KillPoint[];
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
  points: Readonly<Record<Health, readonly KillPoint[]>>,
  kills: number,
  killsPerPromotion: number,
  random: () => number,
): readonly KillPlan[] {
  const plans: KillPlan[] = [];
  let left = kills;
  while (left > 0) {
    const pass = (['well', 'sick'] as const).flatMap((health) => spread(health, points[health], killsPerPromotion));
    for (const plan of shuffled(pass, random)) {
      if (left === 0) break;
      const kept = plan.points.slice(0, left);
      plans.push({ ...plan, points: kept });
      left -= kept.length;
    }
  }
  return plans;
}

function spread(health: Health, points: readonly KillPoint[], killsPerPromotion: number): readonly KillPlan[] {
  const promotions = Math.ceil(points.length / killsPerPromotion);
  return Array.from({ length: promotions }, (_, which) => ({
    health,
    points: points.filter((_point, index) => index % promotions === which),
  }));
}
