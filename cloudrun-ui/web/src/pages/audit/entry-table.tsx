import { Link } from '@tanstack/react-router';
import { CodeText } from '../../text/code-text.tsx';
import { When } from '../../time/when.tsx';
import { VirtualTable } from '../../table/virtual-table.tsx';
import type { AuditEntry } from './audit-query.ts';

interface EntryTableProps {
  readonly entries: readonly AuditEntry[];
  readonly onEnd: (() => void) | undefined;
}

/** Entries of the trail, the newest first, each with the hash that the next one of its chain is built on. */
export function EntryTable({ entries, onEnd }: EntryTableProps) {
  return (
    <VirtualTable
      label="Entries of the audit trail"
      rows={entries}
      keyOf={({ promotion, seq }) => `${promotion ?? ''} ${String(seq)}`}
      onEnd={onEnd}
      columns={[
        { title: 'When', width: 'minmax(88px, 112px)', cell: ({ at }) => <When at={at} /> },
        { title: 'Who', width: 'minmax(96px, 1.6fr)', cell: (entry) => <Who entry={entry} /> },
        { title: 'What', width: 'minmax(160px, 3fr)', cell: ({ text }) => text },
        { title: 'About', width: 'minmax(120px, 1.4fr)', cell: (entry) => <About entry={entry} /> },
        {
          title: 'Entry',
          width: 'minmax(104px, 136px)',
          cell: ({ seq, hash }) => (
            <>
              {seq} <CodeText length={10}>{hash}</CodeText>
            </>
          ),
        },
      ]}
    />
  );
}

function Who({ entry: { by, actor } }: { readonly entry: AuditEntry }) {
  return (
    <>
      {by}
      {actor.onBehalfOf !== undefined && ` for ${actor.onBehalfOf}`}
      <span className="quiet"> {ways[actor.via] ?? ''}</span>
    </>
  );
}

/** Through what it came; what the engine did by itself says so by its name. */
const ways: Readonly<Record<string, string>> = {
  cli: 'by command line',
  'cli-as': 'by command line',
  ui: 'on these pages',
  api: 'by the API',
  ci: 'by a pipeline',
};

function About({ entry: { promotion, application, environment, release } }: { readonly entry: AuditEntry }) {
  const of = application === '*' ? 'every application' : (application ?? 'the installation');
  const into = environment === null ? '' : environment === '*' ? ' in every environment' : ` in ${environment}`;
  const what = `${of}${release === null ? '' : ` ${release}`}${into}`;
  if (promotion === null) return what;
  return (
    <Link to="/promotions/$promotion" params={{ promotion }}>
      {what}
    </Link>
  );
}
