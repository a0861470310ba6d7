import table from '../../table/table.module.css';
import type { Statistics } from './metrics-query.ts';

/** What promotions fail for before they move, the most frequent first. */
export function ValidationFailures({ failures }: { readonly failures: Statistics['validationFailures'] }) {
  if (failures.length === 0) return <p className="quiet">No gate failed in this time.</p>;
  return (
    <section className={table['section']}>
      <table className={table['table']}>
        <caption>Gates that failed</caption>
        <thead>
          <tr>
            <th scope="col">Gate</th>
            <th scope="col">Application</th>
            <th scope="col">Environment</th>
            <th scope="col" className={table['number']}>
              Times
            </th>
          </tr>
        </thead>
        <tbody>
          {failures
            .toSorted((one, other) => other.count - one.count)
            .map(({ gate, application, environment, count }) => (
              <tr key={`${gate} ${application} ${environment}`} data-row="" tabIndex={-1}>
                <td>{gate}</td>
                <td>{application}</td>
                <td>{environment}</td>
                <td className={table['number']}>{count}</td>
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
