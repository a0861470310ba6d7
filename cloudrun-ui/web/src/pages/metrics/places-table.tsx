import { formatRatio } from '../../text/ratio.ts';
import { formatDuration } from '../../time/format-duration.ts';
import table from '../../table/table.module.css';
import type { Statistics } from './metrics-query.ts';
import { SuccessBar } from './success-bar.tsx';

/** The same for each way into an environment, those with most movement first. */
export function PlacesTable({ statistics }: { readonly statistics: Statistics }) {
  const places = statistics.places.toSorted((one, other) => other.attempts - one.attempts);
  return (
    <section className={table['section']}>
      <div className={table['wide']}>
        <table className={table['table']}>
          <caption>By application and environment</caption>
          <thead>
            <tr>
              <th scope="col">Application</th>
              <th scope="col">Environment</th>
              <th scope="col" className={table['number']}>
                Promotions
              </th>
              <th scope="col">Outcomes</th>
              <th scope="col" className={table['number']}>
                Succeeded
              </th>
              <th scope="col" className={table['number']}>
                Moving, mean
              </th>
              <th scope="col" className={table['number']}>
                95 of 100
              </th>
            </tr>
          </thead>
          <tbody>
            {places.map((place) => (
              <tr key={`${place.application} ${place.environment}`} data-row="" tabIndex={-1}>
                <td>{place.application}</td>
                <td>{place.environment}</td>
                <td className={table['number']}>{place.attempts}</td>
                <td>
                  <SuccessBar figures={place} />
                </td>
                <td className={table['number']}>{formatRatio(place.successRatio)}</td>
                <td className={table['number']}>{lasting(place.movingSeconds?.mean)}</td>
                <td className={table['number']}>{lasting(place.movingSeconds?.p95)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function lasting(seconds: number | undefined): string {
  return seconds === undefined ? '–' : formatDuration(seconds * 1000);
}
