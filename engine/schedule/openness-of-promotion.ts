import type { PromotionRecord } from '../workflow/promotion.ts';
import { Calendar, type Openness } from './calendar.ts';
import type { Declarations, Passage, Schedule } from './schedule.ts';

/** Promotions that an engine without calendars began know no schedule; what people declare holds for them all the same. */
const noSchedule: Schedule = { windows: [], freezes: [], hold: undefined };

/** What lets a promotion through where others wait. */
export function passageOf({ lane, overrides }: Pick<PromotionRecord, 'lane' | 'overrides'>): Passage {
  return { isHotfix: lane === 'hotfix', overridesFreezes: overrides.some(({ kind }) => kind === 'freeze-override') };
}

/** Whether a promotion may move into its target at an instant, by the rules that it started with. */
export function opennessOfPromotion(
  promotion: Pick<PromotionRecord, 'definition' | 'lane' | 'overrides'>,
  declarations: Declarations,
  at: Date,
): Openness {
  const { schedule = noSchedule } = promotion.definition;
  return new Calendar(schedule, declarations, passageOf(promotion)).judge(at);
}
