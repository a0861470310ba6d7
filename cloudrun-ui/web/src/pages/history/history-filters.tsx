import { NativeSelect, TextInput } from '@mantine/core';
import type { HistoryFilter, Outcome } from '../../api/queries.ts';
import { outcomeChoices } from './outcome-mark.tsx';
import styles from './history-filters.module.css';

interface HistoryFiltersProps {
  readonly filter: HistoryFilter;
  readonly onChange: (filter: HistoryFilter) => void;
}

const spans = [
  { value: '', label: 'At any time' },
  { value: '2', label: 'In the last 2 h' },
  { value: '24', label: 'In the last day' },
  { value: '168', label: 'In the last week' },
  { value: '720', label: 'In the last 30 days' },
];

/** Which of what is over is looked at; the address keeps it, so that it can be sent to somebody. */
export function HistoryFilters({ filter, onChange }: HistoryFiltersProps) {
  const given = (text: string): string | undefined => (text === '' ? undefined : text);
  return (
    <div className={styles['filters']}>
      <TextInput
        size="xs"
        aria-label="Application"
        placeholder="Application"
        defaultValue={filter.application ?? ''}
        onBlur={(event) => onChange({ ...filter, application: given(event.currentTarget.value.trim()) })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
      <TextInput
        size="xs"
        aria-label="Environment"
        placeholder="Environment"
        defaultValue={filter.environment ?? ''}
        onBlur={(event) => onChange({ ...filter, environment: given(event.currentTarget.value.trim()) })}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
        }}
      />
      <NativeSelect
        size="xs"
        aria-label="Outcome"
        data={[{ value: '', label: 'Any outcome' }, ...outcomeChoices]}
        value={filter.outcome ?? ''}
        onChange={(event) => onChange({ ...filter, outcome: given(event.currentTarget.value) as Outcome | undefined })}
      />
      <NativeSelect
        size="xs"
        aria-label="When"
        data={spans}
        value={filter.hours === undefined ? '' : String(filter.hours)}
        onChange={(event) => {
          const hours = given(event.currentTarget.value);
          onChange({ ...filter, hours: hours === undefined ? undefined : Number(hours) });
        }}
      />
    </div>
  );
}
