import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { DiffLayoutSwitch } from '../../diff/diff-layout-switch.tsx';
import { DiffPart } from '../../diff/diff-part.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import table from '../../table/table.module.css';
import { DataTable } from '../../table/data-table.tsx';
import { comparedSteps } from './compared-steps.ts';
import { statusOfState } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { When } from '../../time/when.tsx';
import { promotionComparisonQuery, type ComparedPromotion } from './comparison-query.ts';
import { promotionParts } from './promotion-parts.ts';

/** In what two promotions differ: what each was to do, did, met and took. */
export function Page() {
  const { one, other } = useSearch({ from: '/history/comparison' });
  return (
    <>
      <PageTitle title="How two promotions differ">
        <DiffLayoutSwitch />
      </PageTitle>
      {one === undefined || other === undefined ? (
        <EmptyNotice title="Here stands in what two promotions differ.">
          <p>
            Choose two of the <Link to="/history">promotions that are over</Link>, by the boxes before them.
          </p>
        </EmptyNotice>
      ) : (
        <Compared one={one} other={other} />
      )}
    </>
  );
}

function Compared({ one, other }: { readonly one: string; readonly other: string }) {
  const comparison = useQuery(promotionComparisonQuery(one, other));
  if (comparison.isPending) return <SkeletonRows count={12} />;
  if (comparison.data === undefined) return <QueryError query={comparison} />;
  return (
    <>
      <QueryError query={comparison} />
      <ul>
        <Side side={comparison.data.one} />
        <Side side={comparison.data.other} />
      </ul>
      {promotionParts(comparison.data.one, comparison.data.other).map((part) => (
        <DiffPart key={part.title} part={part} sides={[one, other]} />
      ))}
      <section className={table['section']}>
        <DataTable
          caption="Time of the steps"
          rows={comparedSteps(comparison.data.one, comparison.data.other)}
          keyOf={({ name }) => name}
          columns={[
            { title: 'Step', cell: ({ title }) => title },
            { title: one, cell: (step) => step.one },
            { title: other, cell: (step) => step.other },
          ]}
        />
      </section>
    </>
  );
}

function Side({ side: { promotion } }: { readonly side: ComparedPromotion }) {
  const { id, application, release, from, to, createdAt, state, waiting, stateText } = promotion;
  return (
    <li>
      <Link to="/promotions/$promotion" params={{ promotion: id }}>
        {id}
      </Link>{' '}
      {application} {release}, {from} → {to}{' '}
      <StatusMark kind={statusOfState(state, waiting !== null)}>{stateText}</StatusMark>{' '}
      <span className="quiet">
        asked for <When at={createdAt} />
      </span>
    </li>
  );
}
