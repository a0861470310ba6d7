import { useQuery } from '@tanstack/react-query';
import { ErrorNotice } from '../../states/error-notice.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import table from '../../table/table.module.css';
import { explanationQuery, type RulesPath } from './rules-query.ts';

/** What one way from an environment to the next demands, in the words of `promote rules explain`, with where it is written. */
export function PathRules({ path: { from, to } }: { readonly path: RulesPath }) {
  const explanation = useQuery(explanationQuery(from, to));
  return (
    <section className={table['section']} id={`${from}-to-${to}`}>
      <table className={table['table']}>
        <caption>
          {from} → {to}
        </caption>
        <tbody>
          {explanation.data?.settings.map(({ subject, words, places }, index) => (
            <tr key={`${subject} ${String(index)}`}>
              <th scope="row">{subject}</th>
              <td>{words}</td>
              <td className={table['number']}>
                <span className="quiet">{places.length === 0 ? 'by default' : `line ${lines(places)}`}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {explanation.isPending && <SkeletonRows count={4} />}
      {explanation.isError && <ErrorNotice error={explanation.error} />}
    </section>
  );
}

function lines(places: readonly { readonly line: number }[]): string {
  return [...new Set(places.map(({ line }) => line))].join(', ');
}
