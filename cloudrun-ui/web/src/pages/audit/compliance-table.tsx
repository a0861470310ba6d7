import { Link } from '@tanstack/react-router';
import { DataTable } from '../../table/data-table.tsx';
import type { Compliance } from './audit-query.ts';
import { instantText } from './instant-text.ts';
import { stateName } from './state-name.ts';
import styles from './report.module.css';

/** One line for each promotion: who asked, who let it, what was set aside, what failed, how it ended. */
export function ComplianceTable({ promotions }: Pick<Compliance, 'promotions'>) {
  return (
    <DataTable
      caption="Promotions"
      rows={promotions}
      keyOf={({ id }) => id}
      hasLinks
      columns={[
        {
          title: 'Promotion',
          isWhole: true,
          cell: ({ id }) => (
            <Link to="/audit/report" search={{ promotion: id }}>
              {id}
            </Link>
          ),
        },
        { title: 'Release', cell: ({ application, release }) => `${application} ${release}` },
        { title: 'Way', cell: ({ from, to }) => `${from} → ${to}` },
        {
          title: 'Asked for',
          isProse: true,
          cell: ({ requestedAt, requestedBy, reason }) => (
            <>
              {instantText(requestedAt)} by {requestedBy}
              {reason !== null && <div className="quiet">{reason}</div>}
            </>
          ),
        },
        {
          title: 'Approved by',
          cell: ({ approvedBy }) => (approvedBy.length === 0 ? 'nobody' : approvedBy.join(', ')),
        },
        {
          title: 'Set aside',
          isProse: true,
          cell: ({ setAside }) =>
            setAside.map(({ kind, by, reason }) => (
              <div key={`${kind} ${by}`}>
                {kind} by {by}: {reason}
              </div>
            )),
        },
        { title: 'Failed checks', cell: ({ failedChecks }) => failedChecks.join(', ') },
        { title: 'Ended', cell: ({ outcome, endedAt }) => endedText(outcome, endedAt) },
        { title: 'Head', cell: ({ head }) => <span className={styles['hash']}>{head.slice(0, 16)}</span> },
      ]}
    />
  );
}

function endedText(outcome: string, endedAt: string | null): string {
  return endedAt === null ? `${stateName(outcome)}, not over` : `${stateName(outcome)}, ${instantText(endedAt)}`;
}
