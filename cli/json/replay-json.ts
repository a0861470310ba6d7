import type { ReplayDecision, ReplayedPromotion, ReplayOfRules } from '../../engine/promotion-service.ts';

/** What other rules would have decided, as `rules test --replay --json` shows it; absent things are null. */
export function replayJson(file: string, { counts, otherwise, unknown }: ReplayOfRules) {
  return {
    file,
    ok: otherwise.length === 0,
    counts: {
      asBefore: counts['as-before'],
      refused: counts.refused,
      waiting: counts.waiting,
      letThrough: counts['let-through'],
      unknown: counts.unknown,
    },
    otherwise: otherwise.map(promotionJson),
    unknown: unknown.map(promotionJson),
  };
}

function promotionJson({ comparison, then, now, isDryRun, ...promotion }: ReplayedPromotion) {
  return { ...promotion, isDryRun, would: comparison, then: decisionJson(then), now: decisionJson(now) };
}

function decisionJson(decision: ReplayDecision) {
  switch (decision.kind) {
    case 'let-through':
      return decision;
    case 'refused':
      return decision;
    case 'waiting':
      return { ...decision, until: decision.until ?? null };
    case 'stopped':
      return decision;
    case 'unknown':
      return decision;
  }
}
