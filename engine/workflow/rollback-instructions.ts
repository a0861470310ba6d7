import { stepsToCompensate } from './decide.ts';
import type { PromotionRecord } from './promotion.ts';
import { takeBackByHand } from './take-back-by-hand.ts';

/**
 * What a person types to take a promotion back: the one command that does it all, or everything by hand in the order in
 * which it is safe, and the command that has it verified. From what was stored before anything changed, so that nobody
 * has to be asked for it.
 */
export function rollbackInstructions(record: PromotionRecord): readonly string[] {
  const { id, rollback } = record;
  const undone = stepsToCompensate(record).join(', ');
  const confirmation = `promote rollback --confirm ${id}    # once it was taken back by hand: verifies what runs, and ends it`;
  if (rollback !== undefined) {
    return [
      `promote retry ${id}    # goes on taking it back (${undone === '' ? 'the verification' : undone}), once the cause is removed`,
      ...takeBackByHand(record),
      confirmation,
    ];
  }
  return [
    `promote rollback ${id} --yes    # takes it back: ${undone}`,
    ...takeBackByHand(record),
    confirmation,
    `promote retry ${id}    # instead: goes on at the step that failed, once its cause is removed`,
  ];
}
