import { Link } from '@tanstack/react-router';
import type { PromotionSummary } from '../../api/queries.ts';
import { statusOfState } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { DataTable } from '../../table/data-table.tsx';
import table from '../../table/table.module.css';
import { toSentence } from '../../text/to-sentence.ts';
import { Countdown } from '../../time/countdown.tsx';
import { When } from '../../time/when.tsx';
import type { Pipeline } from './pipeline-query.ts';

/** What is on its way, the newest first; nothing where nothing is. */
export function RunningTable({ running }: Pick<Pipeline, 'running'>) {
  if (running.length === 0) return null;
  return (
    <section className={table['section']}>
      <DataTable
        caption="On their way"
        rows={running}
        keyOf={({ id }) => id}
        hasLinks
        columns={[
          { title: 'Release', cell: (promotion) => <Release promotion={promotion} />, isWhole: true },
          { title: 'Path', cell: ({ from, to }) => `${from} → ${to}`, isWhole: true },
          { title: 'Stands', cell: (promotion) => <Standing promotion={promotion} />, isProse: true },
          {
            title: 'Since',
            cell: ({ waiting, createdAt }) => <When at={waiting?.since ?? createdAt} />,
            isWhole: true,
          },
          { title: 'Asked by', cell: ({ requestedBy }) => requestedBy },
        ]}
      />
    </section>
  );
}

function Release({ promotion: { id, release, isDryRun } }: { readonly promotion: PromotionSummary }) {
  return (
    <>
      <Link to="/promotions/$promotion" params={{ promotion: id }}>
        {release}
      </Link>
      {isDryRun && <span className="quiet"> dry run</span>}
    </>
  );
}

function Standing({ promotion: { state, stateText, waiting } }: { readonly promotion: PromotionSummary }) {
  return (
    <StatusMark kind={statusOfState(state, waiting !== null)}>
      {waiting === null ? toSentence(stateText) : `Waits: ${waiting.detail}`}
      {waiting !== null && waiting.until !== null && (
        <>
          , <Countdown until={waiting.until} over="no time" /> left
        </>
      )}
    </StatusMark>
  );
}
