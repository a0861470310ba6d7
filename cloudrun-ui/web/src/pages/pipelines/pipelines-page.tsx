import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { applicationsQuery } from '../../api/queries.ts';
import { PageTitle } from '../../shell/page-title.tsx';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { ErrorNotice } from '../../states/error-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { WhereItFits } from '../../shell/where-it-fits.tsx';
import { ApplicationChoice } from './application-choice.tsx';
import { EnvironmentTable } from './environment-table.tsx';
import { PathTable } from './path-table.tsx';
import { pipelineQuery } from './pipeline-query.ts';
import { RunningTable } from './running-table.tsx';

const PipelineGraph = lazy(() => import('./pipeline-graph.tsx'));

/** Where each release of an application is, and where it can go. */
export function Page() {
  const search = useSearch({ from: '/pipelines' });
  const navigate = useNavigate({ from: '/pipelines' });
  const first = useQuery({ ...applicationsQuery(''), enabled: search.application === undefined });
  const application = search.application ?? first.data?.[0];
  return (
    <>
      <PageTitle title="Where releases can go">
        <ApplicationChoice
          application={application}
          onChoose={(chosen) => void navigate({ search: { application: chosen }, replace: true })}
        />
      </PageTitle>
      <QueryError query={first} />
      {first.isLoading && <SkeletonRows count={6} />}
      {first.isSuccess && application === undefined && (
        <EmptyNotice title="Here stands the way of each release from environment to environment.">
          <p>No application is known yet. Register what runs today:</p>
          <code>promote adopt</code>
        </EmptyNotice>
      )}
      {application !== undefined && <Whole key={application} application={application} />}
    </>
  );
}

function Whole({ application }: { readonly application: string }) {
  const pipeline = useQuery(pipelineQuery(application));
  if (pipeline.isPending) return <SkeletonRows count={6} />;
  if (pipeline.data === undefined) {
    return <ErrorNotice error={pipeline.error} onRetry={() => void pipeline.refetch()} />;
  }
  return (
    <>
      <QueryError query={pipeline} />
      <WhereItFits>
        <Suspense fallback={<SkeletonRows count={6} />}>
          <PipelineGraph pipeline={pipeline.data} />
        </Suspense>
      </WhereItFits>
      <EnvironmentTable pipeline={pipeline.data} />
      <PathTable pipeline={pipeline.data} />
      <RunningTable running={pipeline.data.running} />
    </>
  );
}
