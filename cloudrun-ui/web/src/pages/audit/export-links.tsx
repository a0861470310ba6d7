import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useNow } from '../../time/use-now.ts';
import { exportAddress } from './audit-query.ts';
import type { AuditSearch } from './read-audit-search.ts';
import { dayOf } from '../../time/calendar-days.ts';

const hourMs = 3_600_000;

/** Takes the trail along: whole chains of what is looked at, for a spreadsheet, for a proof anywhere, or on paper. */
export function ExportLinks({ filter: { application, environment, hours } }: { readonly filter: AuditSearch }) {
  const now = useNow();
  // To the hour, so that the address does not change with every second.
  const sinceMs = hours === undefined ? undefined : Math.floor(now.getTime() / hourMs - hours) * hourMs;
  const since = sinceMs === undefined ? undefined : new Date(sinceMs);
  const scope = { application, environment, since: since?.toISOString() };
  const report = { application, environment, since: since === undefined ? undefined : dayOf(since) };
  return (
    <>
      <Button component="a" size="xs" href={exportAddress(scope, 'csv')} download>
        Export CSV
      </Button>
      <Button
        component="a"
        size="xs"
        href={exportAddress(scope, 'jsonl', true)}
        download
        title="Signed; promote audit verify --file proves it anywhere"
      >
        Export JSON Lines
      </Button>
      <Button size="xs" renderRoot={(props) => <Link to="/audit/report" search={report} {...props} />}>
        Compliance report
      </Button>
    </>
  );
}
