import { NativeSelect } from '@mantine/core';
import { HoursFilter } from '../../table/hours-filter.tsx';
import { PlaceWords } from '../../table/place-words.tsx';
import { WordFilter } from '../../table/word-filter.tsx';
import type { AuditSearch } from './read-audit-search.ts';
import { isWhatGroup, whatGroups } from './what-groups.ts';
import styles from '../../table/filters.module.css';

interface AuditFiltersProps {
  readonly filter: AuditSearch;
  readonly onChange: (filter: AuditSearch) => void;
}

/** Which entries are looked at; the address keeps it, so that it can be sent to somebody. */
export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  return (
    <div className={styles['filters']}>
      <WordFilter label="Person" value={filter.by} onChange={(by) => onChange({ ...filter, by })} />
      <PlaceWords filter={filter} onChange={(change) => onChange({ ...filter, ...change })} />
      <NativeSelect
        size="xs"
        aria-label="What"
        data={[
          { value: '', label: 'Whatever it is' },
          ...Object.entries(whatGroups).map(([value, { label }]) => ({ value, label })),
        ]}
        value={filter.what ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...filter, what: isWhatGroup(value) ? value : undefined })
        }
      />
      <HoursFilter hours={filter.hours} onChange={(hours) => onChange({ ...filter, hours })} />
      <NativeSelect
        size="xs"
        aria-label="Whose doing"
        data={[
          { value: 'people', label: 'Of people' },
          { value: 'all', label: 'Of people and the engine' },
        ]}
        value={filter.engine === true ? 'all' : 'people'}
        onChange={({ currentTarget: { value } }) => onChange({ ...filter, engine: value === 'all' ? true : undefined })}
      />
    </div>
  );
}
