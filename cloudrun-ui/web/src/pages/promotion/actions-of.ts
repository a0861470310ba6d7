import type { Promotion } from '../../api/queries.ts';

/** Something that can be done about a promotion as it is; whether somebody may is for the server to say. */
export type PromotionAction =
  /** Goes on from the step that failed. */
  | 'go-on'
  /** Has a rollback that failed try again what it could not undo. */
  | 'take-back-again'
  /** Takes somebody's word that it was taken back by hand. */
  | 'confirm'
  | 'roll-back'
  | 'cancel'
  /** Asks for the same, which was only tried dry. */
  | 'promote'
  /** Asks for the same again, which the rules refused. */
  | 'promote-again';

/** What can be done, the most likely first. */
export function actionsOf(promotion: Promotion): readonly PromotionAction[] {
  const { state, kind, isDryRun, endedAt, rollback, failure } = promotion;
  if (state === 'ROLLBACK_FAILED') return ['take-back-again', 'confirm'];
  // Nobody takes it back by itself there: somebody decides.
  if (state === 'PROMOTION_FAILED' && rollback === null && failure !== null) return ['go-on', 'roll-back', 'confirm'];
  if (endedAt === null) return rollback === null ? ['cancel'] : [];
  if (state === 'COMPLETED_SUCCESSFULLY') {
    if (isDryRun) return ['promote'];
    return kind === 'promote' ? ['roll-back'] : [];
  }
  if (state !== 'FAILED' || failure === null) return [];
  // What the rules refused changed nothing: with new evidence it is judged again, and with another release asked for anew.
  return failure.requirementsNotMet ? ['go-on', 'promote-again'] : ['go-on'];
}
