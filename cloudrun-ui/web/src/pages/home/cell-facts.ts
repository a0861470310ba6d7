import type { Closure, ComingFreeze, PromotionSummary } from '../../api/queries.ts';
import type { Place, WaitsForYou } from './matrix.ts';

/** Something that a reader should know of an environment now, besides what runs there and since when. */
export type CellFact =
  | { readonly kind: 'yours'; readonly waits: WaitsForYou }
  | { readonly kind: 'moving'; readonly promotion: PromotionSummary }
  | { readonly kind: 'drift'; readonly detail: string }
  | { readonly kind: 'closed'; readonly closure: Closure }
  | { readonly kind: 'freeze'; readonly freeze: ComingFreeze }
  | { readonly kind: 'undo'; readonly until: string }
  | { readonly kind: 'paused'; readonly since: string };

/** What there is to tell of an environment, a line each; what needs the reader first. */
export function factsOf({ state, moving, closure, freeze, waitsForYou }: Place): readonly CellFact[] {
  const { undoWindowUntil, autoPromotionPausedAt, observed } = state;
  const drift = observed?.drift ?? null;
  return [
    ...(waitsForYou === undefined ? [] : [{ kind: 'yours', waits: waitsForYou } as const]),
    // What waits for whoever looks is on its way there: that is said once.
    ...(moving === undefined || moving.id === waitsForYou?.promotion
      ? []
      : [{ kind: 'moving', promotion: moving } as const]),
    ...(drift === null ? [] : [{ kind: 'drift', detail: drift } as const]),
    ...(closure === undefined ? [] : [{ kind: 'closed', closure } as const]),
    ...(closure !== undefined || freeze === undefined ? [] : [{ kind: 'freeze', freeze } as const]),
    ...(undoWindowUntil === null ? [] : [{ kind: 'undo', until: undoWindowUntil } as const]),
    ...(autoPromotionPausedAt === null ? [] : [{ kind: 'paused', since: autoPromotionPausedAt } as const]),
  ];
}
