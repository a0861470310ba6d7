import type { StatusKind } from '../../status/status.ts';
import type { ChangeGroup } from './changed-query.ts';

/** What came of a promotion's changes, as one mark. */
export interface GroupOutcome {
  readonly kind: StatusKind;
  readonly words: string;
}

/** That somebody set a rule aside for it says nothing about whether it came to anything. */
function hasChanged({ changes }: ChangeGroup): boolean {
  return changes.some(({ kind }) => kind !== 'override');
}

/** Whether everything is again what it had been before. */
function isAsBefore({ changes }: ChangeGroup): boolean {
  const real = changes.filter(({ kind }) => kind !== 'override');
  const subjects = Map.groupBy(real, ({ kind, subject }) => `${kind} ${subject}`);
  return real.length > 0 && [...subjects.values()].every((each) => each[0]?.before === each.at(-1)?.after);
}

export function outcomeOf(group: ChangeGroup): GroupOutcome {
  const { promotion } = group;
  if (promotion === null) return { kind: 'ended', words: 'recorded without a promotion' };
  if (!hasChanged(group)) return { kind: 'ended', words: `${promotion.release}: nothing has changed` };
  if (promotion.kind === 'rollback') return { kind: 'rolled-back', words: `back to ${releaseOf(group) ?? 'before'}` };
  if (promotion.takenBack === 'later') return { kind: 'rolled-back', words: `${promotion.release}, taken back since` };
  if (promotion.takenBack === 'by-itself' || isAsBefore(group)) {
    return { kind: 'rolled-back', words: `${promotion.release}, took itself back` };
  }
  return { kind: 'promoted', words: promotion.release };
}

/** Which release was there at the end. */
function releaseOf({ changes }: ChangeGroup): string | null | undefined {
  return changes.findLast(({ kind }) => kind === 'release')?.after;
}

/**
 * Whether taking it back is what a rollback of its environment does now.
 * @param running the promotion that brought what runs there; undefined: nobody knows yet.
 */
export function canRollBack(group: ChangeGroup, running: string | null | undefined): boolean {
  const { promotion } = group;
  return promotion?.kind === 'promote' && promotion.id === running && outcomeOf(group).kind !== 'rolled-back';
}
