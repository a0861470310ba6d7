import { NativeSelect } from '@mantine/core';
import type { HistoryFilter, Outcome } from '../../api/queries.ts';
import filters from '../../table/filters.module.css';
import { HoursFilter } from '../../table/hours-filter.tsx';
import { PlaceWords } from '../../table/place-words.tsx';
import { outcomeChoices } from './outcome-mark.tsx';

interface HistoryFiltersProps {
  readonly filter: HistoryFilter;
  readonly onChange: (filter: HistoryFilter) => void;
}

/** Which of what is over is looked at; the address keeps it, so that it can be sent to somebody. */
export function HistoryFilters({ filter, onChange }: HistoryFiltersProps) {
  const given = (text: string): string | undefined => (text === '' ? undefined : text);
  return (
    <div className={filters['filters']}>
      <PlaceWords filter={filter} onChange={(change) => onChange({ ...filter, ...change })} />
      <NativeSelect
        size="xs"
        aria-label="Outcome"
        data={[{ value: '', label: 'Any outcome' }, ...outcomeChoices]}
        value={filter.outcome ?? ''}
        onChange={(event) => onChange({ ...filter, outcome: given(event.currentTarget.value) as Outcome | undefined })}
      />
      <HoursFilter hours={filter.hours} onChange={(hours) => onChange({ ...filter, hours })} />
    </div>
  );
}
