import type { Step } from '../../api/queries.ts';
import type { StatusKind } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { formatDuration } from '../../time/format-duration.ts';
import styles from './step-timeline.module.css';

type Undo = NonNullable<Step['undo']>;

const kinds: Readonly<Record<Undo['status'], StatusKind>> = {
  running: 'running',
  parked: 'waiting',
  retrying: 'waiting',
  done: 'rolled-back',
  failed: 'failed',
};
const words: Readonly<Record<Undo['status'], string>> = {
  running: 'is taken back',
  parked: 'waits while it is taken back',
  retrying: 'is to be taken back again',
  done: 'taken back',
  failed: 'could not be taken back',
};

/** How a step was undone. */
export function StepUndo({ undo, tookMs }: { readonly undo: Undo; readonly tookMs: number | null }) {
  const facts = [
    ...(undo.attempt > 1 ? [`attempt ${String(undo.attempt)}`] : []),
    ...(tookMs === null ? [] : [formatDuration(tookMs)]),
  ];
  return (
    <p className={styles['summary']}>
      <StatusMark kind={kinds[undo.status]}>{words[undo.status]}</StatusMark> {undo.summary ?? undo.error?.message}
      {facts.length > 0 && <> ({facts.join(' · ')})</>}
    </p>
  );
}
