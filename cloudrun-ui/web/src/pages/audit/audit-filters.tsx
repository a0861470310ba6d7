import { NativeSelect } from '@mantine/core';
import { WordFilter } from '../../table/word-filter.tsx';
import type { AuditSearch } from './read-audit-search.ts';
import { isWhatGroup, whatGroups } from './what-groups.ts';
import styles from '../../table/filters.module.css';

interface AuditFiltersProps {
  readonly filter: AuditSearch;
  readonly onChange: (filter: AuditSearch) => void;
}

const spans = [
  { value: '', label: 'At any time' },
  { value: '24', label: 'In the last day' },
  { value: '168', label: 'In the last week' },
  { value: '720', label: 'In the last 30 days' },
  { value: '8760', label: 'In the last year' },
];

/** Which entries are looked at; the address keeps it, so that it can be sent to somebody. */
export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  return (
    <div className={styles['filters']}>
      <WordFilter label="Person" value={filter.by} onChange={(by) => onChange({ ...filter, by })} />
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
      <NativeSelect
        size="xs"
        aria-label="When"
        data={spans}
        value={filter.hours === undefined ? '' : String(filter.hours)}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...filter, hours: value === '' ? undefined : Number(value) })
        }
      />
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
