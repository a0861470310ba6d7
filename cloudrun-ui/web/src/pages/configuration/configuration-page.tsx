import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { PlaceChoice } from '../../places/place-choice.tsx';
import { placesQuery } from '../../places/places-query.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { ErrorNotice } from '../../states/error-notice.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { CodeText } from '../../text/code-text.tsx';
import { configurationQuery, type Place } from './configuration-query.ts';
import { RevisionList } from './revision-list.tsx';

/** How the values of an environment came to be what they are. */
export function Page() {
  const search = useSearch({ from: '/configuration' });
  const navigate = useNavigate({ from: '/configuration' });
  const { data: places } = useQuery(placesQuery);
  const first = places?.[0];
  const application = search.application ?? first?.application;
  const environment = search.environment ?? places?.find((each) => each.application === application)?.environment;
  return (
    <>
      <PageTitle title="How configuration changed">
        <PlaceChoice
          places={places ?? []}
          application={application}
          environment={environment}
          onChange={(place) => void navigate({ search: place, replace: true })}
        />
      </PageTitle>
      {places !== undefined && first === undefined && (
        <EmptyNotice title="Here stands how the values of each environment changed.">
          <p>No environment is known yet.</p>
        </EmptyNotice>
      )}
      {application !== undefined && environment !== undefined && <History place={{ application, environment }} />}
    </>
  );
}

function History({ place }: { readonly place: Place }) {
  const history = useQuery(configurationQuery(place));
  if (history.isPending) return <SkeletonRows count={8} />;
  if (history.isError) return <ErrorNotice error={history.error} onRetry={() => void history.refetch()} />;
  const { repository, branch, path, revisions } = history.data;
  return (
    <>
      <p className="quiet">
        <CodeText>{path}</CodeText> on <CodeText>{branch}</CodeText> of <CodeText>{repository}</CodeText>
      </p>
      {revisions.length === 0 ? (
        <EmptyNotice title="Nothing has changed there yet." />
      ) : (
        <RevisionList revisions={revisions} />
      )}
    </>
  );
}
