import { Button } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { statesQuery } from '../compare/compare-query.ts';
import { changesQuery, type ChangedScope, type ChangeGroup } from './changed-query.ts';
import { GroupTable } from './group-table.tsx';
import { canRollBack } from './group-outcome.ts';

const RollbackDialog = lazy(() => import('../../rollback/rollback-dialog.tsx'));

interface ChangedSinceProps {
  readonly scope: ChangedScope;
  readonly since: Date;
  /** Undefined: now. */
  readonly until: Date | undefined;
}

/** Of more applications than this nobody is asked what runs there now; their promotions' own pages roll back. */
const mostApplications = 40;

/** What changed, across applications, newest first, with what takes it back beside it. */
export function ChangedSince({ scope, since, until }: ChangedSinceProps) {
  const changes = useQuery(changesQuery(scope, since, until));
  const [takenBack, setTakenBack] = useState<ChangeGroup | undefined>(undefined);
  const groups = changes.data?.groups ?? [];
  const running = useRunning(groups);
  if (changes.isPending) return <SkeletonRows count={6} />;
  if (changes.data === undefined) return <QueryError query={changes} />;
  return (
    <>
      <QueryError query={changes} />
      {groups.length === 0 ? (
        <EmptyNotice title="Here stands what changed, where, and by whose hand.">
          <p>Nothing did in this time. Look further back, or everywhere.</p>
        </EmptyNotice>
      ) : (
        <GroupTable
          groups={groups}
          actionOf={(group) =>
            canRollBack(group, running.get(placeOf(group))) && (
              <Button size="xs" onClick={() => setTakenBack(group)}>
                Roll back
              </Button>
            )
          }
        />
      )}
      {changes.data.isCut && <p className="quiet">There is more: name an application or an environment.</p>}
      {takenBack !== undefined && takenBack.promotion !== null && (
        <Suspense>
          <RollbackDialog
            promotion={takenBack.promotion.id}
            application={takenBack.application}
            environment={takenBack.environment}
            onClose={() => setTakenBack(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}

/** The promotions that brought what runs where something changed, by place: only they can be taken back. */
function useRunning(groups: readonly ChangeGroup[]): ReadonlyMap<string, string | null> {
  const applications = [...new Set(groups.map(({ application }) => application))].slice(0, mostApplications);
  const states = useQueries({ queries: applications.map((application) => statesQuery(application)) });
  return new Map(
    states.flatMap(({ data }) => data?.environments ?? []).map((state) => [placeOf(state), state.promotionId]),
  );
}

function placeOf({ application, environment }: { readonly application: string; readonly environment: string }): string {
  return `${application} ${environment}`;
}
