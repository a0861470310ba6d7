import type { ReactNode } from 'react';
import type { StatusKind } from '../../status/status.ts';
import { statusOfState } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { Countdown } from '../../time/countdown.tsx';
import { When } from '../../time/when.tsx';
import type { CellFact } from './cell-facts.ts';
import type { WaitsForYou } from './matrix.ts';
import styles from './matrix-cell.module.css';
import { addressOfPromotion } from './plain-addresses.ts';

/** One line of a cell: a shape, a colour and words. */
export function CellFactLine({ fact }: { readonly fact: CellFact }) {
  switch (fact.kind) {
    case 'yours':
      return (
        <Line kind={fact.waits.asks === 'rollback-failed' ? 'failed' : 'waiting'} title={yoursText(fact.waits)}>
          <a href={addressOfPromotion(fact.waits.promotion)} className={styles['strong']}>
            {yoursText(fact.waits)}
          </a>
        </Line>
      );
    case 'moving': {
      const { id, release, state, waiting } = fact.promotion;
      return (
        <Line kind={statusOfState(state, waiting !== null)} title={waiting?.detail}>
          <a href={addressOfPromotion(id)}>
            {release} {waiting === null ? 'is moving in' : `waits for ${waiting.reason.replaceAll('-', ' ')}`}
          </a>
        </Line>
      );
    }
    case 'drift':
      return (
        <Line kind="drifted" title={fact.detail}>
          drift: {fact.detail}
        </Line>
      );
    case 'closed': {
      const { kind, name, reason, until } = fact.closure;
      return (
        <Line kind="held" title={reason}>
          {kind === 'hold' ? 'held' : `frozen${name === null ? '' : ` (${name})`}`}
          {until !== null && (
            <>
              {' '}
              for <Countdown until={until} over="a moment" />
            </>
          )}
        </Line>
      );
    }
    case 'freeze':
      return (
        <Line kind="held" title={fact.freeze.reason}>
          freezes in <Countdown until={fact.freeze.from} over="a moment" />
        </Line>
      );
    case 'undo':
      return (
        <Line kind="rolled-back" title="Until then a rollback loses nothing">
          undo for <Countdown until={fact.until} over="a moment" />
        </Line>
      );
    case 'paused':
      return (
        <Line kind="held" title="Nothing moves in by itself until somebody resumes it in the settings">
          paused <When at={fact.since} />
        </Line>
      );
  }
}

interface LineProps {
  readonly kind: StatusKind;
  readonly title?: string | undefined;
  readonly children: ReactNode;
}

function Line({ kind, title, children }: LineProps) {
  return (
    <div className={styles['fact']} title={title}>
      <StatusMark kind={kind}>{children}</StatusMark>
    </div>
  );
}

function yoursText({ asks, stage }: WaitsForYou): string {
  switch (asks) {
    case 'approval':
      return stage === null ? 'needs your approval' : `needs you as ${stage}`;
    case 'checklist':
      return 'needs your ticks';
    case 'rollback-failed':
      return 'rollback needs you';
  }
}
