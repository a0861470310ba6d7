import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { canGoOn } from '../../api/can-go-on.ts';
import { matrixQuery } from '../../api/queries.ts';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { StatusMark } from '../../status/status-mark.tsx';
import { VirtualTable } from '../../table/virtual-table.tsx';
import { counted } from '../../text/counted.ts';
import { compareStates, type ComparedStates } from './compare-states.ts';
import { StateCell } from './state-cell.tsx';
import styles from './compare.module.css';

interface EveryApplicationProps {
  readonly from: string;
  readonly to: string;
}

/** Two columns of the whole installation: which applications do not run the same on both sides. */
export function EveryApplication({ from, to }: EveryApplicationProps) {
  const matrix = useInfiniteQuery(matrixQuery(''));
  const [isOpen, setOpen] = useState(false);
  const { hasNextPage, fetchNextPage } = matrix;
  const goesOn = canGoOn(matrix);
  // Which differ is only known when all are.
  useEffect(() => {
    if (goesOn) void fetchNextPage();
  }, [goesOn, fetchNextPage]);
  if (matrix.isPending) return <SkeletonRows count={12} />;
  if (matrix.data === undefined) return <QueryError query={matrix} />;
  const rows = compareStates(matrix.data.pages, from, to);
  const differing = rows.filter(({ isSame }) => !isSame);
  const same = rows.filter(({ isSame }) => isSame);
  return (
    <>
      <QueryError query={matrix} />
      <p role="status">
        {differing.length === 0 ? (
          <StatusMark kind={hasNextPage ? 'running' : 'promoted'}>
            {counted(rows.length, 'application runs', 'applications run')} the same in {from} and {to}
            {hasNextPage && ', so far'}
          </StatusMark>
        ) : (
          <>
            {counted(differing.length, 'application')} of {rows.length.toLocaleString('en-GB')}{' '}
            {differing.length === 1 ? 'does' : 'do'} not run the same{hasNextPage && ', so far'}
          </>
        )}
      </p>
      {differing.length > 0 && <Applications label="Applications that differ" rows={differing} from={from} to={to} />}
      {same.length > 0 && (
        <details className={styles['same']} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{counted(same.length, 'application runs', 'applications run')} the same</summary>
          {isOpen && <Applications label="Applications that are the same" rows={same} from={from} to={to} />}
        </details>
      )}
    </>
  );
}

interface ApplicationsProps extends EveryApplicationProps {
  readonly label: string;
  readonly rows: readonly ComparedStates[];
}

function Applications({ label, rows, from, to }: ApplicationsProps) {
  return (
    <VirtualTable
      label={label}
      rows={rows}
      keyOf={({ application }) => application}
      hasLinks
      columns={[
        {
          title: 'Application',
          width: 'minmax(120px, 1fr)',
          cell: ({ application }) => (
            <Link to="/compare" search={{ application, from, to }}>
              {application}
            </Link>
          ),
        },
        { title: from, width: 'minmax(120px, 1fr)', cell: (row) => <StateCell state={row.from} /> },
        { title: to, width: 'minmax(120px, 1fr)', cell: (row) => <StateCell state={row.to} /> },
      ]}
    />
  );
}
