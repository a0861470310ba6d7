import { NativeSelect } from '@mantine/core';
import type { HistoryFilter, Outcome } from '../../api/queries.ts';
import filters from '../../table/filters.module.css';
import { WordFilter } from '../../table/word-filter.tsx';
import { outcomeChoices } from './outcome-mark.tsx';

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
    <div className={filters['filters']}>
      <WordFilter
        label="Application"
        value={filter.application}
        onChange={(application) => onChange({ ...filter, application })}
      />
      <WordFilter
        label="Environment"
        value={filter.environment}
        onChange={(environment) => onChange({ ...filter, environment })}
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
