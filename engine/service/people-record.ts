import type { StoredOpenItem } from '../store/open-item-store.ts';
import { checklistStanding, type ItemStanding } from '../workflow/checklist.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { Note, Vote } from '../workflow/step-queries.ts';
import type { ServiceContext } from './service-context.ts';

/** What people had to do with a promotion: who decided over which plan, ticked, noted and set aside what. */
export interface PeopleRecord {
  /** In the order in which they were given, over whichever plan it was then. */
  readonly votes: readonly Vote[];
  readonly checklist: readonly ItemStanding[];
  readonly notes: readonly Note[];
  /** What it left to be done and was not yet. */
  readonly openItems: readonly StoredOpenItem[];
  /** For whom somebody else spoke, each with who did; nobody vouched for what they said. */
  readonly spokenFor: ReadonlyMap<string, string>;
}

/** @param promotion that whoever asks may look at. */
export async function readPeopleRecord(context: ServiceContext, promotion: PromotionRecord): Promise<PeopleRecord> {
  const { store } = context;
  const { id } = promotion;
  const [votes, ticks, notes, openItems, spokenFor] = await Promise.all([
    store.votes(id),
    store.ticks(id),
    store.notes(id),
    store.openItems({ promotionId: id }),
    store.spokenFor(id),
  ]);
  return { votes, checklist: checklistStanding(promotion, ticks), notes, openItems, spokenFor };
}
