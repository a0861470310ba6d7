import { DataTable } from '../../table/data-table.tsx';
import { StatusMark } from '../../status/status-mark.tsx';
import type { Comparison } from './compare-query.ts';
import styles from './compare.module.css';

type Readiness = NonNullable<Comparison['readiness']>;
type Verdict = Readiness['verdict'];

const verdicts: Readonly<
  Record<Verdict, { readonly kind: 'promoted' | 'waiting' | 'failed'; readonly words: string }>
> = {
  ready: { kind: 'promoted', words: 'ready' },
  caution: { kind: 'waiting', words: 'with caution' },
  'not-ready': { kind: 'failed', words: 'not ready' },
};

/** By how much of what the target needs there is, with every check. */
export function ReadinessList({ readiness }: { readonly readiness: Readiness }) {
  const { score, verdict, isDemanded, checks } = readiness;
  const { kind, words } = verdicts[verdict];
  return (
    <details className={styles['readiness']}>
      <summary>
        Readiness{' '}
        <StatusMark kind={kind}>
          {score === null ? 'nothing to judge by' : `${String(Math.round(score * 10) / 10)} %, ${words}`}
        </StatusMark>
        {!isDemanded && <span className="quiet"> · this way does not ask for it</span>}
      </summary>
      <DataTable
        caption="What readiness is made of"
        isCaptionHidden
        rows={checks}
        keyOf={({ part, name }) => `${part} ${name}`}
        columns={[
          {
            title: 'Check',
            cell: ({ name, isPassed }) => (
              <StatusMark kind={isPassed === null ? 'waiting' : isPassed ? 'promoted' : 'failed'} isQuiet>
                {name}
              </StatusMark>
            ),
          },
          { title: 'Part', cell: ({ part }) => part },
          { title: 'Found', cell: ({ detail }) => detail, isProse: true },
          { title: 'Weight', cell: ({ weight }) => weight, isNumber: true },
        ]}
      />
    </details>
  );
}
