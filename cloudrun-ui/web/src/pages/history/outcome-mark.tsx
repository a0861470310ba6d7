import type { EndedPromotion, Outcome } from '../../api/queries.ts';
import type { StatusKind } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { outcomeNames } from './outcome-names.ts';

const marks: Readonly<Record<Outcome, { readonly kind: StatusKind; readonly word: string }>> = {
  succeeded: { kind: 'promoted', word: 'Promoted' },
  failed: { kind: 'failed', word: 'Failed' },
  'rolled-back': { kind: 'rolled-back', word: 'Rolled back' },
  'rollback-failed': { kind: 'failed', word: 'Could not be taken back' },
  rejected: { kind: 'ended', word: 'Rejected' },
  expired: { kind: 'ended', word: 'Expired' },
  cancelled: { kind: 'ended', word: 'Cancelled' },
  superseded: { kind: 'ended', word: 'Superseded' },
};

/** What became of a promotion that is over. */
export function OutcomeMark({ kind, outcome }: Pick<EndedPromotion, 'kind' | 'outcome'>) {
  const mark = marks[outcome];
  if (kind === 'rollback' && outcome === 'succeeded') return <StatusMark kind="rolled-back">Took back</StatusMark>;
  if (kind === 'contract' && outcome === 'succeeded') return <StatusMark kind="promoted">Contracted</StatusMark>;
  return <StatusMark kind={mark.kind}>{mark.word}</StatusMark>;
}

export const outcomeChoices = outcomeNames.map((value) => ({ value, label: marks[value].word }));
