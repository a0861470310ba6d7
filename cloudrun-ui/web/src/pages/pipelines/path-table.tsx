import { StatusMark } from '../../status/status-mark.tsx';
import table from '../../table/table.module.css';
import { Countdown } from '../../time/countdown.tsx';
import { useNow } from '../../time/use-now.ts';
import { standingOf } from './path-standing.ts';
import type { Pipeline, PipelinePath } from './pipeline-query.ts';

/** The same as the graph, in words. */
export function PathTable({ pipeline }: { readonly pipeline: Pipeline }) {
  const now = useNow();
  return (
    <section className={table['section']}>
      <div className={table['wide']}>
        <table className={table['table']}>
          <caption>Paths</caption>
          <thead>
            <tr>
              <th scope="col">Path</th>
              <th scope="col">Now</th>
              <th scope="col">Still</th>
              <th scope="col">Demands</th>
            </tr>
          </thead>
          <tbody>
            {pipeline.paths.map((path) => {
              const standing = standingOf(path, pipeline, now);
              return (
                <tr key={`${path.from} ${path.to}`} data-row="" tabIndex={-1}>
                  <td>
                    {path.from} → {path.to}
                  </td>
                  <td>
                    <StatusMark kind={standing.kind}>{standing.words}</StatusMark>
                  </td>
                  <td>{standing.until === undefined ? '' : <Countdown until={standing.until} over="a moment" />}</td>
                  <td>{demandsOf(path)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function demandsOf({ approvals, hasCanary, promotesByItself }: PipelinePath): string {
  const demands = [
    ...approvals.map(({ stage, minimum }) => `${String(minimum)} × ${stage}`),
    ...(hasCanary ? ['canary'] : []),
    ...(promotesByItself ? ['moves by itself'] : []),
  ];
  return demands.length === 0 ? 'no approval' : demands.join(', ');
}
