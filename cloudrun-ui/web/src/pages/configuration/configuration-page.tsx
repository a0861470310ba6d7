import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { DiffLayoutSwitch } from '../../diff/diff-layout-switch.tsx';
import { PlaceChoice } from '../../places/place-choice.tsx';
import { placesQuery } from '../../places/places-query.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { AgainstChoice } from './against-choice.tsx';
import { ConfigurationDiff } from './configuration-diff.tsx';
import { RevisionHistory } from './revision-history.tsx';

/** How the values of an environment came to be what they are, and in what they differ from others. */
export function Page() {
  const search = useSearch({ from: '/configuration' });
  const navigate = useNavigate({ from: '/configuration' });
  const places = useQuery(placesQuery);
  const known = places.data ?? [];
  const application = search.application ?? known[0]?.application;
  const own = known.filter((each) => each.application === application).map((each) => each.environment);
  const environment = search.environment ?? own[0];
  const place = application !== undefined && environment !== undefined ? { application, environment } : undefined;
  const { against, from, to } = search;
  return (
    <>
      <PageTitle title="How configuration changed">
        <PlaceChoice
          places={known}
          application={application}
          environment={environment}
          onChange={(chosen) => void navigate({ search: { ...chosen }, replace: true })}
        />
        {place !== undefined && (
          <AgainstChoice
            environments={own.filter((each) => each !== environment)}
            against={against}
            onChange={(other) =>
              void navigate({ search: { ...place, ...(other === undefined ? {} : { against: other }) }, replace: true })
            }
          />
        )}
        <DiffLayoutSwitch />
      </PageTitle>
      <QueryError query={places} />
      {places.isPending && <SkeletonRows count={8} />}
      {places.isSuccess && known.length === 0 && (
        <EmptyNotice title="Here stands how the values of each environment changed.">
          <p>No environment is known yet. The first promotion brings one here:</p>
          <code>promote run &lt;application&gt; --release &lt;release&gt; --to &lt;environment&gt;</code>
        </EmptyNotice>
      )}
      {place !== undefined &&
        (against !== undefined ? (
          <ConfigurationDiff place={place} wish={{ kind: 'environment', against }} />
        ) : from !== undefined && to !== undefined ? (
          <ConfigurationDiff place={place} wish={{ kind: 'versions', from, to }} />
        ) : (
          <RevisionHistory key={`${place.application} ${place.environment}`} place={place} />
        ))}
    </>
  );
}
