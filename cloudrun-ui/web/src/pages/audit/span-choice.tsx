import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { PlaceWords } from '../../table/place-words.tsx';
import { isDay } from '../../time/calendar-days.ts';
import type { ReportSearch } from './read-report-search.ts';
import type { ReportSpan } from './report-days.ts';

/** From which day to which, and of what. */
export function SpanChoice({ search, span }: { readonly search: ReportSearch; readonly span: ReportSpan }) {
  const navigate = useNavigate({ from: '/audit/report' });
  const choose = (change: ReportSearch): void => void navigate({ search: { ...search, ...change }, replace: true });
  return (
    <div data-not-printed="" style={{ display: 'contents' }}>
      <PlaceWords filter={search} onChange={choose} />
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
