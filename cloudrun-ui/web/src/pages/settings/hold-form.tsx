import { Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api, type BodyOf } from '../../api/client.ts';
import { placesQuery } from '../../places/places-query.ts';
import type { ScopeChoice } from './scope-choice.ts';
import { ScopeFields } from './scope-fields.tsx';
import { SettingsForm } from './settings-form.tsx';

type HoldWish = BodyOf<'/api/holds'>;

/** Pins an environment to what runs in it. */
export default function HoldForm({ onClose }: { readonly onClose: () => void }) {
  const { data: places = [] } = useQuery(placesQuery);
  const [chosen, setChosen] = useState<ScopeChoice | undefined>(undefined);
  const scope = chosen ?? places[0];
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const hold = useCommand((body: HoldWish, key: string) =>
    answer(api.POST('/api/holds', { params: { header: { 'idempotency-key': key } }, body })),
  );
  return (
    <SettingsForm
      title="Hold an environment"
      action="Hold it"
      isComplete={reason.trim() !== '' && scope !== undefined}
      isBusy={hold.isPending}
      error={hold.error}
      onSubmit={() => {
        if (scope === undefined) return;
        const ends = until === '' ? {} : { until: new Date(until).toISOString() };
        hold.mutate({ ...scope, reason: reason.trim(), ...ends }, { onSuccess: onClose });
      }}
      onClose={onClose}
    >
      {scope !== undefined && <ScopeFields scope={scope} onChange={setChosen} isEnvironmentNamed />}
      <TextInput
        label="Until"
        description="Left empty: until somebody releases it."
        type="datetime-local"
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <Textarea
        label="Why"
        required
        minRows={2}
        autosize
        maxLength={4000}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </SettingsForm>
  );
}
