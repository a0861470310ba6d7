import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import { ScopeFields } from './scope-fields.tsx';
import { SettingsForm } from './settings-form.tsx';
import type { RoleBinding } from './settings-query.ts';

interface RoleFormProps {
  /** That the rules ask for or that are bound already, beside those that are always there. */
  readonly others: readonly string[];
  readonly onClose: () => void;
}

const always = ['viewer', 'promoter', 'approver', 'operator', 'admin'];

/** Gives somebody a role, everywhere or in one place. */
export default function RoleForm({ others, onClose }: RoleFormProps) {
  const [subject, setSubject] = useState('');
  const [role, setRole] = useState('viewer');
  const [scope, setScope] = useState({ application: '*', environment: '*' });
  const bind = useCommand((body: RoleBinding, key: string) =>
    answer(api.POST('/api/roles/bind', { params: { header: { 'idempotency-key': key } }, body })),
  );
  return (
    <SettingsForm
      title="Give somebody a role"
      action="Give it"
      isComplete={subject.trim() !== ''}
      isBusy={bind.isPending}
      error={bind.error}
      onSubmit={() => bind.mutate({ subject: subject.trim(), role, ...scope }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <TextInput
        label="Person"
        description="An e-mail address or an account name, as whoever vouches for it has it."
        value={subject}
        onChange={(event) => setSubject(event.currentTarget.value)}
        maxLength={200}
        required
        autoFocus
      />
      <NativeSelect
        label="Role"
        data={[...new Set([...always, ...others])]}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value)}
      />
      <ScopeFields scope={scope} onChange={setScope} />
    </SettingsForm>
  );
}
