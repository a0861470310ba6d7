import { engineActor } from './actor.ts';
import { rollbackInstructions } from './rollback-instructions.ts';
import type { Draft } from './draft.ts';

/**
 * Parks a promotion that failed half-way, where the rules leave taking it back to a person. The slot stays taken. Whoever
 * is on call hears of it, with the commands to type, at once and then again each time the rollback's time is over.
 */
export function awaitRollback(draft: Draft, now: Date): void {
  const { record } = draft;
  const { timeoutSeconds, escalateTo = [] } = record.definition.rollback;
  const before = record.parked?.reason === 'manual' ? record.parked : undefined;
  const isDue = before?.until === undefined || before.until <= now;
  const until = isDue ? new Date(now.getTime() + timeoutSeconds * 1000) : before.until;
  const step = record.failure?.step ?? 'a step';
  const detail = `${step} failed and the rules leave the rollback to a person: promote rollback ${record.id}`;
  draft.park({ reason: 'manual', detail, until }, engineActor);
  if (!isDue) return;

  const told = {
    step,
    error: record.failure?.error.message ?? '',
    instructions: [...rollbackInstructions(record)],
    escalatesAt: until.toISOString(),
  };
  if (before === undefined) {
    draft.announce('rollback.needed', told);
    return;
  }
  const reason = `nobody has taken it back since ${before.since.toISOString()}`;
  draft.append('rollback-escalated', engineActor, { reason, to: [...escalateTo] });
  draft.announce('rollback.escalated', { ...told, reason, escalateTo: [...escalateTo] });
}
