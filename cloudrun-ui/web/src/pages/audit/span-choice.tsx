import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { WordFilter } from '../../table/word-filter.tsx';
import { useNow } from '../../time/use-now.ts';
import { isDay, spanOf } from './report-days.ts';
import type { ReportSearch } from './read-report-search.ts';

/** From which day to which, and of what. */
export function SpanChoice({ search }: { readonly search: ReportSearch }) {
  const navigate = useNavigate({ from: '/audit/report' });
  const span = spanOf(search, useNow());
  const choose = (change: ReportSearch): void => void navigate({ search: { ...search, ...change }, replace: true });
  return (
    <div data-not-printed="" style={{ display: 'contents' }}>
      <WordFilter label="Application" value={search.application} onChange={(application) => choose({ application })} />
      <WordFilter label="Environment" value={search.environment} onChange={(environment) => choose({ environment })} />
      <TextInput
        size="xs"
        type="date"
        aria-label="First day"
        value={span.since}
        max={span.until}
        onChange={({ currentTarget: { value } }) => {
          if (isDay(value)) choose({ since: value });
        }}
      />
      <TextInput
        size="xs"
        type="date"
        aria-label="Last day"
        value={span.until}
        min={span.since}
        onChange={({ currentTarget: { value } }) => {
          if (isDay(value)) choose({ until: value });
        }}
      />
    </div>
  );
}
