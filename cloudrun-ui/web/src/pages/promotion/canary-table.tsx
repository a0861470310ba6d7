import table from '../../table/table.module.css';
import { errorSeries, formatMs, formatPercent } from './canary-series.ts';
import type { CanaryCourse } from './promotion-queries.ts';

/** Every look at a canary, the newest first. */
export function CanaryTable({ readings }: Pick<CanaryCourse, 'readings'>) {
  const { canary, baseline } = errorSeries(readings);
  const rows = readings.map((reading, index) => ({
    ...reading,
    errors: [canary[index] ?? null, baseline[index] ?? null] as const,
  }));
  return (
    <div className={table['wide']}>
      <table className={table['table']}>
        <caption>What both sides answered since the canary began</caption>
        <thead>
          <tr>
            <th scope="col">At</th>
            <th scope="col" className={table['number']}>
              Canary, requests
            </th>
            <th scope="col" className={table['number']}>
              failed
            </th>
            <th scope="col" className={table['number']}>
              on average
            </th>
            <th scope="col" className={table['number']}>
              Old instances, requests
            </th>
            <th scope="col" className={table['number']}>
              failed
            </th>
            <th scope="col" className={table['number']}>
              on average
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map(({ at, canary: ours, baseline: theirs, errors }) => (
            <tr key={at}>
              <th scope="row">
                <time dateTime={at}>{new Date(at).toLocaleTimeString('en-GB')}</time>
              </th>
              <td className={table['number']}>{ours.requests.toLocaleString('en-US')}</td>
              <td className={table['number']}>
                {ours.failed.toLocaleString('en-US')} ({formatPercent(errors[0])})
              </td>
              <td className={table['number']}>{formatMs(ours.meanResponseTimeMs)}</td>
              <td className={table['number']}>{theirs.requests.toLocaleString('en-US')}</td>
              <td className={table['number']}>
                {theirs.failed.toLocaleString('en-US')} ({formatPercent(errors[1])})
              </td>
              <td className={table['number']}>{formatMs(theirs.meanResponseTimeMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
