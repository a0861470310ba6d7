import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { PageTitle } from '../../shell/page-title.tsx';
import { HistoryViews } from '../history/history-views.tsx';
import { ChangedAt } from './changed-at.tsx';
import { ChangedFilters } from './changed-filters.tsx';
import { ChangedSince } from './changed-since.tsx';
import { momentWords, parseMoment } from './parse-moment.ts';
import { UnclearMoment } from './unclear-moment.tsx';

const usualSince = '2h';

/** What changed in a time, or what was otherwise at an instant: the page for whoever is on call. */
export function Page() {
  const search = useSearch({ from: '/history/changed' });
  const navigate = useNavigate({ from: '/history/changed' });
  // "2 h" is from when it was asked: what is asked for must not be another thing every second.
  const [now, setNow] = useState(() => new Date());
  const texts = { at: search.at, since: search.at === undefined ? (search.since ?? usualSince) : undefined };
  const at = texts.at === undefined ? undefined : parseMoment(texts.at, now);
  const since = texts.since === undefined ? undefined : parseMoment(texts.since, now);
  const until = search.until === undefined ? undefined : parseMoment(search.until, now);
  const unclear = [
    [texts.at, at],
    [texts.since, since],
    [search.until, until],
  ].flatMap(([text, moment]) => (typeof text === 'string' && moment === undefined ? [text] : []));
  const scope = { application: search.application, environment: search.environment };
  return (
    <>
      <PageTitle title={search.at === undefined ? 'What changed in a time' : 'What was otherwise then'}>
        <HistoryViews />
      </PageTitle>
      <ChangedFilters
        search={search}
        onChange={(changed) => {
          setNow(new Date());
          void navigate({ search: changed, replace: true });
        }}
      />
      {unclear.map((text) => (
        <UnclearMoment key={text} text={text} />
      ))}
      {unclear.length === 0 && at !== undefined && (
        <>
          <p>At {momentWords(at, now)}, this was not as it is now:</p>
          <ChangedAt scope={scope} at={at.at} />
        </>
      )}
      {unclear.length === 0 && since !== undefined && (
        <>
          <p>
            From {momentWords(since, now)} {until === undefined ? 'until now' : `to ${momentWords(until, now)}`}:
          </p>
          <ChangedSince scope={scope} since={since.at} until={until?.at} />
        </>
      )}
    </>
  );
}
