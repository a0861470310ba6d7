import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api, type BodyOf } from '../../api/client.ts';
import { applicationsOf, placesQuery } from '../../places/places-query.ts';
import { endOf } from '../../time/calendar-days.ts';
import { SettingsForm } from './settings-form.tsx';

type WaiverWish = BodyOf<'/api/waivers'>;

/** Sets one finding aside until a day. */
export default function WaiverForm({ onClose }: { readonly onClose: () => void }) {
  const { data: applications = [] } = useQuery({ ...placesQuery, select: applicationsOf });
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const application = chosen ?? applications[0];
  const [finding, setFinding] = useState('');
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const waive = useCommand((body: WaiverWish, key: string) =>
    answer(api.POST('/api/waivers', { params: { header: { 'idempotency-key': key } }, body })),
  );
  return (
    <SettingsForm
      title="Set a finding aside"
      action="Set it aside"
      isComplete={application !== undefined && finding.trim() !== '' && reason.trim() !== '' && until !== ''}
      isBusy={waive.isPending}
      error={waive.error}
      onSubmit={() => {
        if (application === undefined) return;
        const expiresAt = endOf(until).toISOString();
        waive.mutate(
          { application, finding: finding.trim(), reason: reason.trim(), expiresAt },
          { onSuccess: onClose },
        );
      }}
      onClose={onClose}
    >
      <NativeSelect
        label="Application"
        data={applications}
        value={application ?? ''}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <TextInput
        label="Finding"
        description="As the scanner calls it, such as CVE-2026-1234."
        value={finding}
        onChange={(event) => setFinding(event.currentTarget.value)}
        maxLength={4000}
        required
      />
      <TextInput
        label="Until the end of"
        type="date"
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
        required
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
