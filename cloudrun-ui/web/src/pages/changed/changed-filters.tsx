import { NativeSelect } from '@mantine/core';
import filters from '../../table/filters.module.css';
import { PlaceWords } from '../../table/place-words.tsx';
import { WordFilter } from '../../table/word-filter.tsx';
import type { ChangedSearch } from './read-changed-search.ts';

interface ChangedFiltersProps {
  readonly search: ChangedSearch;
  readonly onChange: (search: ChangedSearch) => void;
}

const spans = [
  { value: '2h', label: 'In the last 2 h' },
  { value: '12h', label: 'In the last 12 h' },
  { value: '1d', label: 'In the last day' },
  { value: '7d', label: 'In the last week' },
];

/** Which time: one that is near, one between two moments, or an instant; and where. */
export function ChangedFilters({ search, onChange }: ChangedFiltersProps) {
  const { at, since, until, application, environment } = search;
  const where = { application, environment };
  const isNear = until === undefined && spans.some(({ value }) => value === (since ?? '2h'));
  const mode = at !== undefined ? 'at' : isNear ? (since ?? '2h') : 'between';
  return (
    <div className={filters['filters']}>
      <PlaceWords filter={where} onChange={(change) => onChange({ ...search, ...change })} />
      <NativeSelect
        size="xs"
        aria-label="Which time"
        data={[...spans, { value: 'between', label: 'Between two moments' }, { value: 'at', label: 'At an instant' }]}
        value={mode}
        onChange={({ currentTarget: { value } }) => {
          if (value === 'at') onChange({ ...where, at: since ?? '1h' });
          else if (value === 'between') onChange({ ...where, since: '4h', until: '2h' });
          else onChange({ ...where, since: value });
        }}
      />
      {mode === 'at' && (
        <WordFilter
          label="When"
          value={at}
          onChange={(word) => onChange(word === undefined ? where : { ...where, at: word })}
        />
      )}
      {mode === 'between' && (
        <>
          <WordFilter label="From" value={since} onChange={(word) => onChange({ ...search, since: word })} />
          <WordFilter label="To" value={until} onChange={(word) => onChange({ ...search, until: word })} />
        </>
      )}
    </div>
  );
}
