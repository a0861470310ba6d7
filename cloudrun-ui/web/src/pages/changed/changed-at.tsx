import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ValueDiff } from '../../diff/value-diff.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { StatusMark } from '../../status/status-mark.tsx';
import { DataTable } from '../../table/data-table.tsx';
import { When } from '../../time/when.tsx';
import { differencesByPlace } from './differences-by-place.ts';
import { stateAtQuery, type ChangedScope, type StateAt } from './changed-query.ts';
import styles from '../../diff/diff-part.module.css';

interface ChangedAtProps {
  readonly scope: ChangedScope;
  readonly at: Date;
}

/** What was not then as it is now, place by place, and what was on its way. */
export function ChangedAt({ scope, at }: ChangedAtProps) {
  const state = useQuery(stateAtQuery(scope, at));
  if (state.isPending) return <SkeletonRows count={6} />;
  if (state.data === undefined) return <QueryError query={state} />;
  const places = differencesByPlace(state.data.differences);
  return (
    <>
      <QueryError query={state} />
      {places.length === 0 && (
        <p>
          <StatusMark kind="promoted">Everything was as it is now.</StatusMark>
        </p>
      )}
      {places.map(({ application, environment, changes, promotions }) => (
        <section key={`${application} ${environment}`} className={styles['part']}>
          <h2>
            {application} in {environment}
            {promotions.map(({ id, release, requestedBy }) => (
              <span className="quiet" key={id}>
                changed since by{' '}
                <Link to="/promotions/$promotion" params={{ promotion: id }}>
                  {release}
                </Link>{' '}
                ({requestedBy})
              </span>
            ))}
          </h2>
          <ValueDiff changes={changes} sides={['Then', 'Now']} noun="difference" />
        </section>
      ))}
      {state.data.isCut && <p className="quiet">There is more: name an application or an environment.</p>}
      <OnItsWay moving={state.data.moving} />
    </>
  );
}

function OnItsWay({ moving }: Pick<StateAt, 'moving'>) {
  return (
    <DataTable
      caption="On its way then"
      rows={moving}
      keyOf={({ id }) => id}
      empty="Nothing was."
      hasLinks
      columns={[
        {
          title: 'Promotion',
          cell: ({ id, application, release }) => (
            <Link to="/promotions/$promotion" params={{ promotion: id }}>
              {application} {release}
            </Link>
          ),
        },
        { title: 'Way', cell: ({ from, to }) => `${from} → ${to}` },
        {
          title: 'By',
          cell: ({ requestedBy, saidBy }) =>
            saidBy === null ? requestedBy : `${requestedBy} (unverified, said by ${saidBy})`,
        },
        { title: 'Asked for', cell: ({ startedAt }) => <When at={startedAt} /> },
        { title: 'Ended', cell: ({ endedAt }) => (endedAt === null ? 'not yet' : <When at={endedAt} />) },
      ]}
    />
  );
}
