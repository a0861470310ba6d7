import { Link } from '@tanstack/react-router';
import type { EndedPromotion } from '../../api/queries.ts';
import { DataTable } from '../../table/data-table.tsx';
import { formatDuration } from '../../time/format-duration.ts';
import { When } from '../../time/when.tsx';
import { ChangeList } from './change-list.tsx';
import { OutcomeMark } from './outcome-mark.tsx';

interface HistoryTableProps {
  readonly promotions: readonly EndedPromotion[];
  /** Those that are chosen to be compared. */
  readonly chosen: readonly string[];
  readonly onChoose: (id: string) => void;
}

/** What is over, the newest first: what became of it, what it changed, who was behind it. */
export function HistoryTable({ promotions, chosen, onChoose }: HistoryTableProps) {
  return (
    <DataTable
      caption="Promotions that are over, newest first"
      isCaptionHidden
      rows={promotions}
      keyOf={({ id }) => id}
      hasLinks
      columns={[
        {
          title: 'Compare',
          cell: ({ id, application, release, to }) => (
            <input
              type="checkbox"
              aria-label={`Compare ${application} ${release} to ${to}`}
              checked={chosen.includes(id)}
              onChange={() => onChoose(id)}
            />
          ),
        },
        { title: 'Ended', cell: ({ endedAt }) => <When at={endedAt} />, isWhole: true },
        { title: 'Outcome', cell: ({ kind, outcome }) => <OutcomeMark kind={kind} outcome={outcome} />, isWhole: true },
        { title: 'Release', cell: (promotion) => <Release promotion={promotion} /> },
        { title: 'Way', cell: ({ from, to }) => `${from} → ${to}`, isWhole: true },
        { title: 'Changed', cell: ({ changes }) => <ChangeList changes={changes} />, isProse: true },
        { title: 'By', cell: (promotion) => <By promotion={promotion} /> },
        { title: 'Took', cell: (promotion) => formatDuration(tookMs(promotion)), isNumber: true },
      ]}
    />
  );
}

function Release({ promotion }: { readonly promotion: EndedPromotion }) {
  const { id, application, release, isHotfix, trouble } = promotion;
  return (
    <>
      <Link to="/promotions/$promotion" params={{ promotion: id }}>
        <strong>
          {application} {release}
        </strong>
      </Link>
      {isHotfix && <span className="quiet"> hotfix</span>}
      {trouble !== null && <small className="quiet">{trouble}</small>}
    </>
  );
}

function By({ promotion: { requestedBy, approvedBy } }: { readonly promotion: EndedPromotion }) {
  return (
    <>
      {requestedBy}
      {approvedBy.length > 0 && <small className="quiet">approved by {approvedBy.join(', ')}</small>}
    </>
  );
}

function tookMs({ createdAt, endedAt, layFailedMs }: EndedPromotion): number {
  return new Date(endedAt).getTime() - new Date(createdAt).getTime() - layFailedMs;
}
