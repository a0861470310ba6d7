import { Button, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useCommand } from '../actions/use-command.ts';
import { answer, api } from '../api/client.ts';
import { releasesQuery } from '../api/queries.ts';
import { pipelineQuery } from '../pages/pipelines/pipeline-query.ts';
import { EmptyNotice } from '../states/empty-notice.tsx';
import { ErrorNotice } from '../states/error-notice.tsx';
import { SkeletonRows } from '../states/skeleton-rows.tsx';
import { DryRunResult } from './dry-run-result.tsx';
import { OverrideChoices } from './override-choices.tsx';
import { PathDemands } from './path-demands.tsx';
import { PathFacts } from './path-facts.tsx';
import { PathForecast } from './path-forecast.tsx';
import {
  isThereAlready,
  likelyPath,
  likelyRelease,
  missingOf,
  needsReason,
  needsTyping,
  toRequest,
  type OverrideName,
  type PromotionRequest,
} from './promote-wish.ts';
import { ReleaseSelect } from './release-select.tsx';
import styles from './promote-form.module.css';

interface PromoteFormProps {
  readonly application: string;
  /** What the address says already. */
  readonly named: {
    readonly release?: string | undefined;
    readonly from?: string | undefined;
    readonly to?: string | undefined;
  };
  readonly onClose: () => void;
}

/** Where to, which release, why; and the two buttons. */
export function PromoteForm({ application, named, onClose }: PromoteFormProps) {
  const pipeline = useQuery(pipelineQuery(application));
  const { data: listed } = useQuery(releasesQuery(application));
  const [chosenPath, setChosenPath] = useState<string | undefined>(undefined);
  const [chosenRelease, setChosenRelease] = useState(named.release);
  const [reason, setReason] = useState('');
  const [overrides, setOverrides] = useState<readonly OverrideName[]>([]);
  const [typed, setTyped] = useState('');
  const [dryRun, setDryRun] = useState<string | undefined>(undefined);
  const navigate = useNavigate();
  const ask = useCommand((body: PromotionRequest, key: string) =>
    answer(api.POST('/api/promotions', { params: { header: { 'idempotency-key': key } }, body })),
  );

  if (pipeline.isError) return <ErrorNotice error={pipeline.error} onRetry={() => void pipeline.refetch()} />;
  if (pipeline.data === undefined || listed === undefined) return <SkeletonRows count={6} />;
  const { paths } = pipeline.data;
  const path = paths.find((each) => nameOf(each) === chosenPath) ?? likelyPath(paths, named);
  if (path === undefined) {
    return <EmptyNotice title={`No path of the rules moves ${application} from anywhere to anywhere.`} />;
  }
  const release = chosenRelease ?? likelyRelease(path, listed.releases);
  const there = pipeline.data.environments.find(({ name }) => name === path.to)?.state?.release ?? undefined;
  const wish = { application, path, release, there, reason, overrides, typed };
  const missing = missingOf(wish);
  const submit = (isDryRun: boolean): void => {
    const request = toRequest(wish, isDryRun);
    if (request === undefined) return;
    ask.mutate(request, {
      onSuccess: ({ promotion }) => {
        if (isDryRun) setDryRun(promotion);
        else void navigate({ to: '/promotions/$promotion', params: { promotion } });
      },
    });
  };
  const chooseRelease = (name: string): void => {
    setChosenRelease(name);
    // What was found is of another release.
    setDryRun(undefined);
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        submit(false);
      }}
    >
      <NativeSelect
        label="Way"
        data={paths.map(nameOf)}
        value={nameOf(path)}
        onChange={(event) => {
          setChosenPath(event.currentTarget.value);
          setChosenRelease(undefined);
          setOverrides([]);
          setDryRun(undefined);
        }}
      />
      <ReleaseSelect path={path} there={there} releases={listed.releases} value={release} onChange={chooseRelease} />
      <PathFacts
        path={path}
        running={pipeline.data.running}
        nothingToMove={isThereAlready(wish) ? release : undefined}
      />
      <PathDemands application={application} path={path} />
      {release !== undefined && !isThereAlready(wish) && (
        <PathForecast application={application} path={path} release={release} />
      )}
      <Textarea
        label="Why"
        description="Stays in the audit trail, and whoever approves reads it."
        value={reason}
        required={needsReason(wish)}
        onChange={(event) => {
          setReason(event.currentTarget.value);
        }}
        autosize
        minRows={2}
        maxLength={4000}
        autoFocus
      />
      <OverrideChoices path={path} chosen={overrides} onChange={setOverrides} />
      {needsTyping(wish) && (
        <TextInput
          label={`Type ${path.to} to let it in although gates keep it out`}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
          required
        />
      )}
      {dryRun !== undefined && <DryRunResult key={dryRun} id={dryRun} />}
      {ask.isError && <ErrorNotice error={ask.error} />}
      <Group justify="flex-end" gap="sm">
        <Button onClick={onClose} variant="subtle" color="gray">
          Leave it
        </Button>
        <Button
          onClick={() => {
            submit(true);
          }}
          disabled={release === undefined || !path.mayPromote}
          loading={ask.isPending && ask.variables.isDryRun === true}
          title="Runs every check, shows the whole plan, and changes nothing"
        >
          Dry run
        </Button>
        <Button
          type="submit"
          variant="filled"
          {...(needsTyping(wish) ? { color: 'red' } : {})}
          disabled={missing !== undefined}
          title={missing}
          loading={ask.isPending && ask.variables.isDryRun !== true}
        >
          Promote to {path.to}
        </Button>
      </Group>
    </form>
  );
}

function nameOf({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from} → ${to}`;
}
