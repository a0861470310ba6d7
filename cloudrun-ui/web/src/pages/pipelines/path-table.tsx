import { Link } from '@tanstack/react-router';
import { StatusMark } from '../../status/status-mark.tsx';
import { DataTable } from '../../table/data-table.tsx';
import table from '../../table/table.module.css';
import { Countdown } from '../../time/countdown.tsx';
import { formatDuration } from '../../time/format-duration.ts';
import { useNow } from '../../time/use-now.ts';
import { standingOf } from './path-standing.ts';
import type { Pipeline, PipelinePath } from './pipeline-query.ts';

/** The arrows of the graph, in words. */
export function PathTable({ pipeline }: { readonly pipeline: Pipeline }) {
  const now = useNow();
  const rows = pipeline.paths.map((path) => ({ path, standing: standingOf(path, pipeline, now) }));
  return (
    <section className={table['section']}>
      <DataTable
        caption="Paths"
        rows={rows}
        keyOf={({ path: { from, to } }) => `${from} ${to}`}
        columns={[
          { title: 'Path', cell: ({ path: { from, to } }) => `${from} → ${to}`, isWhole: true },
          {
            title: 'Now',
            cell: ({ standing: { kind, words, detail } }) => (
              <StatusMark kind={kind}>
                {words}
                {detail !== undefined && `: ${detail}`}
              </StatusMark>
            ),
            isProse: true,
          },
          {
            title: 'Still',
            cell: ({ standing: { until } }) => until !== undefined && <Countdown until={until} over="a moment" />,
            isWhole: true,
          },
          { title: 'Window', cell: ({ path }) => <Window path={path} /> },
          { title: 'Demands', cell: ({ path }) => demandsOf(path) },
          {
            title: 'What can be done',
            isTitleHidden: true,
            cell: ({ path }) => <PromoteAlong application={pipeline.application} path={path} />,
            isWhole: true,
          },
        ]}
      />
    </section>
  );
}

interface PromoteAlongProps {
  readonly application: string;
  readonly path: PipelinePath;
}

function PromoteAlong({ application, path: { from, to, candidate } }: PromoteAlongProps) {
  if (candidate === null || candidate.isBad) return null;
  return (
    <Link to="/" search={{ promote: application, release: candidate.release, from, to }}>
      Promote to {to}
    </Link>
  );
}

function Window({ path: { isOpen, changesAt, reason } }: { readonly path: PipelinePath }) {
  return (
    <StatusMark kind={isOpen ? 'promoted' : 'held'} isQuiet>
      {isOpen ? 'open' : (reason ?? 'closed')}
      {changesAt !== null && (
        <>
          , {isOpen ? 'closes' : 'opens'} in <Countdown until={changesAt} over="a moment" />
        </>
      )}
    </StatusMark>
  );
}

function demandsOf({ approvals, soakSeconds, hasCanary, promotesByItself }: PipelinePath): string {
  const demands = [
    ...(soakSeconds > 0 ? [`${formatDuration(soakSeconds * 1000)} soak`] : []),
    ...(approvals.length === 0
      ? ['no approval']
      : approvals.map(({ stage, minimum }) => `${String(minimum)} × ${stage}`)),
    ...(hasCanary ? ['canary'] : []),
    ...(promotesByItself ? ['moves by itself'] : []),
  ];
  return demands.join(', ');
}
