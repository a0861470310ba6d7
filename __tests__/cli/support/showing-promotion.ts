import type { PromotionView } from '../../../engine/promotion-service.ts';
import { fakeSession } from './fake-session.ts';

/** A session in which the promotion is seen as each of the views in turn; the last one stays. */
export function showing(views: readonly (PromotionView | Error)[]) {
  let looks = 0;
  let ticks = 0;
  const session = fakeSession(
    {
      run: () => Promise.resolve('pr-7f3a'),
      view: () => {
        const view = views[Math.min(looks, views.length - 1)];
        looks += 1;
        return view instanceof Error || view === undefined
          ? Promise.reject(view ?? new Error('no view'))
          : Promise.resolve(view);
      },
    },
    {
      tick: () => {
        ticks += 1;
        return Promise.resolve();
      },
    },
  );
  return { session, ticks: () => ticks };
}
