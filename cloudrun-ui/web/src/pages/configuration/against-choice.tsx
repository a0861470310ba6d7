import { NativeSelect } from '@mantine/core';

interface AgainstChoiceProps {
  readonly environments: readonly string[];
  readonly against: string | undefined;
  /** Undefined: with nothing, but how the values changed. */
  readonly onChange: (against: string | undefined) => void;
}

/** Another environment to compare with, or the history. */
export function AgainstChoice({ environments, against, onChange }: AgainstChoiceProps) {
  if (environments.length === 0) return null;
  return (
    <NativeSelect
      size="xs"
      aria-label="Compared with"
      data={[
        { value: '', label: 'Its history' },
        ...environments.map((value) => ({ value, label: `Compared with ${value}` })),
      ]}
      value={against ?? ''}
      onChange={({ currentTarget: { value } }) => onChange(value === '' ? undefined : value)}
    />
  );
}
