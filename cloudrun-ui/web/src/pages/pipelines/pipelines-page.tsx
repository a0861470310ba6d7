import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { placesQuery } from '../../places/places-query.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { ErrorNotice } from '../../states/error-notice.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { PathTable } from './path-table.tsx';
import { pipelineQuery } from './pipeline-query.ts';

const PipelineGraph = lazy(() => import('./pipeline-graph.tsx'));

/** Where each release of an application is, and where it can go. */
export function Page() {
  const search = useSearch({ from: '/pipelines' });
  const navigate = useNavigate({ from: '/pipelines' });
  const { data: places } = useQuery(placesQuery);
  const applications = [...new Set(places?.map(({ application }) => application))];
  const application = search.application ?? applications[0];
  return (
    <>
      <PageTitle title="Where releases can go">
        <NativeSelect
          size="xs"
          aria-label="Application"
          data={applications}
          value={application ?? ''}
          onChange={(event) => void navigate({ search: { application: event.currentTarget.value }, replace: true })}
        />
      </PageTitle>
      {places !== undefined && application === undefined && (
        <EmptyNotice title="Here stands the way of each release from environment to environment.">
          <p>No application is known yet.</p>
        </EmptyNotice>
      )}
      {application !== undefined && <Whole application={application} />}
    </>
  );
}

function Whole({ application }: { readonly application: string }) {
  const pipeline = useQuery(pipelineQuery(application));
  if (pipeline.isPending) return <SkeletonRows count={6} />;
  if (pipeline.isError) return <ErrorNotice error={pipeline.error} onRetry={() => void pipeline.refetch()} />;
  return (
    <>
      <Suspense fallback={<SkeletonRows count={6} />}>
        <PipelineGraph pipeline={pipeline.data} />
      </Suspense>
      <PathTable pipeline={pipeline.data} />
    </>
  );
}
