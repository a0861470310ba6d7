import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { AskReason } from '../../actions/ask-reason.tsx';
import type { ReleaseSummary } from '../../api/queries.ts';
import { DataTable } from '../../table/data-table.tsx';
import { StatusMark } from '../../status/status-mark.tsx';
import { When } from '../../time/when.tsx';
import { SettingsPart } from './settings-part.tsx';
import { badReleasesQuery } from './settings-query.ts';
import { useJudgement } from './use-judgement.ts';

const BadReleaseForm = lazy(() => import('./bad-release-form.tsx'));

/** Releases that are promoted nowhere. */
export function BadReleaseTable() {
  const bad = useQuery(badReleasesQuery);
  const [isAsked, setAsked] = useState(false);
  const [forgiven, setForgiven] = useState<ReleaseSummary | undefined>(undefined);
  const judge = useJudgement();
  const close = (): void => {
    judge.reset();
    setForgiven(undefined);
  };
  return (
    <SettingsPart
      query={bad}
      permission="mark-bad"
      action="Mark a release bad"
      onAdd={() => setAsked(true)}
      refusal={undefined}
    >
      {(mayChange) => (
        <>
          <DataTable
            caption="Bad releases"
            rows={bad.data?.releases ?? []}
            keyOf={({ application, name }) => `${application} ${name}`}
            empty="No release is marked bad."
            columns={[
              {
                title: 'Release',
                cell: ({ application, name }) => (
                  <StatusMark kind="failed" isQuiet>
                    {application} {name}
                  </StatusMark>
                ),
              },
              { title: 'Why', cell: (release) => release.bad?.reason, isProse: true },
              { title: 'By', cell: (release) => release.bad?.by },
              {
                title: 'Since',
                cell: (release) => (release.bad === null ? null : <When at={release.bad.since} />),
              },
              {
                title: 'What can be done',
                isTitleHidden: true,
                isNumber: true,
                cell: (release) =>
                  mayChange && (
                    <Button
                      size="xs"
                      aria-label={`Unmark ${release.application} ${release.name}`}
                      onClick={() => setForgiven(release)}
                    >
                      Unmark
                    </Button>
                  ),
              },
            ]}
          />
          {isAsked && (
            <Suspense>
              <BadReleaseForm onClose={() => setAsked(false)} />
            </Suspense>
          )}
          {forgiven !== undefined && (
            <AskReason
              action={`Unmark ${forgiven.application} ${forgiven.name}`}
              question="Why it may be promoted again"
              isBusy={judge.isPending}
              error={judge.error}
              onClose={close}
              onAnswer={(reason) =>
                judge.mutate(
                  { application: forgiven.application, release: forgiven.name, judgement: 'not-bad', reason },
                  { onSuccess: close },
                )
              }
            />
          )}
        </>
      )}
    </SettingsPart>
  );
}
