import { NativeSelect, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { releasesQuery } from '../../api/queries.ts';
import { applicationsOf, placesQuery } from '../../places/places-query.ts';
import { SettingsForm } from './settings-form.tsx';
import { useJudgement } from './use-judgement.ts';

/** Marks a release bad, so that it is promoted nowhere. */
export default function BadReleaseForm({ onClose }: { readonly onClose: () => void }) {
  const { data: applications = [] } = useQuery({ ...placesQuery, select: applicationsOf });
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const application = chosen ?? applications[0];
  const { data } = useQuery({ ...releasesQuery(application ?? ''), enabled: application !== undefined });
  const names = data?.releases.filter(({ bad }) => bad === null).map(({ name }) => name) ?? [];
  const [named, setNamed] = useState<string | undefined>(undefined);
  const release = named !== undefined && names.includes(named) ? named : names[0];
  const [reason, setReason] = useState('');
  const judge = useJudgement();
  return (
    <SettingsForm
      title="Mark a release bad"
      action="Mark it bad"
      isComplete={application !== undefined && release !== undefined && reason.trim() !== ''}
      isBusy={judge.isPending}
      error={judge.error}
      onSubmit={() => {
        if (application === undefined || release === undefined) return;
        judge.mutate({ application, release, judgement: 'bad', reason: reason.trim() }, { onSuccess: onClose });
      }}
      onClose={onClose}
    >
      <p className="quiet">
        It is promoted nowhere until somebody unmarks it, and promotions of it that have not begun to deploy end at
        once.
      </p>
      <NativeSelect
        label="Application"
        data={applications}
        value={application ?? ''}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <NativeSelect
        label="Release"
        data={names}
        value={release ?? ''}
        onChange={(event) => setNamed(event.currentTarget.value)}
      />
      <Textarea
        label="Why"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={4000}
        required
      />
    </SettingsForm>
  );
}
