import type { Figures } from './metrics-query.ts';
import styles from './success-bar.module.css';

/** How promotions ended, as parts of one bar; the numbers are said to those who do not see it. */
export function SuccessBar({ figures }: { readonly figures: Pick<Figures, 'outcomes' | 'running'> }) {
  const { outcomes } = figures;
  const parts = [
    { kind: 'promoted', word: 'promoted', count: outcomes.succeeded },
    { kind: 'rolled-back', word: 'rolled back', count: outcomes['rolled-back'] },
    { kind: 'failed', word: 'failed', count: outcomes.failed + outcomes['rollback-failed'] },
    {
      kind: 'ended',
      word: 'ended otherwise',
      count: outcomes.rejected + outcomes.expired + outcomes.cancelled + outcomes.superseded,
    },
    { kind: 'running', word: 'running', count: figures.running },
  ].filter(({ count }) => count > 0);
  const said = parts.map(({ count, word }) => `${String(count)} ${word}`).join(', ');
  return (
    <div className={styles['bar']} role="img" aria-label={said} title={said}>
      {parts.map(({ kind, count }) => (
        <span key={kind} data-kind={kind} style={{ flexGrow: count }} />
      ))}
    </div>
  );
}
