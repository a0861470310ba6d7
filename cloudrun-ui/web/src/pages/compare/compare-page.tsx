import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { DiffLayoutSwitch } from '../../diff/diff-layout-switch.tsx';
import { applicationsOf, placesQuery } from '../../places/places-query.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { choosePair } from './choose-pair.ts';
import { EveryApplication } from './every-application.tsx';
import { OneApplication } from './one-application.tsx';
import { PairChoice } from './pair-choice.tsx';

/** How two environments differ, and what promoting from the one to the other would change. */
export function Page() {
  const search = useSearch({ from: '/compare' });
  const navigate = useNavigate({ from: '/compare' });
  const places = useQuery(placesQuery);
  const pair = choosePair(places.data ?? [], search);
  const applications = applicationsOf(places.data ?? []);
  return (
    <>
      <PageTitle title={pair === undefined ? 'How environments differ' : `How ${pair.from} and ${pair.to} differ`}>
        {pair !== undefined && (
          <>
            <PairChoice
              pair={pair}
              applications={applications}
              onChange={(chosen) => void navigate({ search: chosen, replace: true })}
            />
            {pair.application !== undefined && <DiffLayoutSwitch />}
          </>
        )}
      </PageTitle>
      <QueryError query={places} />
      {places.isPending && <SkeletonRows count={8} />}
      {places.isSuccess && pair === undefined && (
        <EmptyNotice title="Here stands in what two environments differ: releases, images, values, schema, flags.">
          <p>There are no two environments yet. The first promotion brings them here:</p>
          <code>promote run &lt;application&gt; --release &lt;release&gt; --to &lt;environment&gt;</code>
        </EmptyNotice>
      )}
      {pair !== undefined &&
        (pair.application === undefined ? (
          <EveryApplication from={pair.from} to={pair.to} />
        ) : (
          <OneApplication pair={{ application: pair.application, from: pair.from, to: pair.to }} />
        ))}
    </>
  );
}
