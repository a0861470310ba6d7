import '@mantine/core/styles/Checkbox.css';
import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api, type BodyOf } from '../../api/client.ts';
import { ScopeFields } from './scope-fields.tsx';
import { SettingsForm } from './settings-form.tsx';

type FreezeWish = BodyOf<'/api/freezes'>;

/** Declares a time in which nothing moves. */
export default function FreezeForm({ onClose }: { readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [reason, setReason] = useState('');
  const [scope, setScope] = useState({ application: '*', environment: '*' });
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [exceptHotfix, setExceptHotfix] = useState(true);
  const declare = useCommand((body: FreezeWish, key: string) =>
    answer(api.POST('/api/freezes', { params: { header: { 'idempotency-key': key } }, body })),
  );
  const submit = (): void => {
    const wish = {
      name: name.trim(),
      reason: reason.trim(),
      ...(scope.application === '*' ? {} : { application: scope.application }),
      ...(scope.environment === '*' ? {} : { environment: scope.environment }),
      ...(from === '' ? {} : { from: new Date(from).toISOString() }),
      to: new Date(to).toISOString(),
      exceptHotfix,
    };
    declare.mutate(wish, { onSuccess: onClose });
  };
  return (
    <SettingsForm
      title="Declare a freeze"
      action="Freeze"
      isComplete={name.trim() !== '' && reason.trim() !== '' && to !== ''}
      isBusy={declare.isPending}
      error={declare.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label="Name"
        description="By which it is lifted before its time."
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        maxLength={200}
        required
        autoFocus
      />
      <ScopeFields scope={scope} onChange={setScope} />
      <TextInput
        label="From"
        description="Left empty: from now on."
        type="datetime-local"
        value={from}
        onChange={(event) => setFrom(event.currentTarget.value)}
      />
      <TextInput
        label="Until"
        type="datetime-local"
        value={to}
        onChange={(event) => setTo(event.currentTarget.value)}
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
      <Checkbox
        label="Let hotfixes through"
        checked={exceptHotfix}
        onChange={(event) => setExceptHotfix(event.currentTarget.checked)}
      />
    </SettingsForm>
  );
}
