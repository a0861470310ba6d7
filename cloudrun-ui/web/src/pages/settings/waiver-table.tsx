import { useQuery } from '@tanstack/react-query';
import table from '../../table/table.module.css';
import { When } from '../../time/when.tsx';
import { waiversQuery } from './settings-query.ts';

/** Findings that somebody set aside, each until a day. */
export function WaiverTable() {
  const waivers = useQuery(waiversQuery);
  return (
    <section className={table['section']}>
      <table className={table['table']}>
        <caption>Waivers</caption>
        <thead>
          <tr>
            <th scope="col">Finding</th>
            <th scope="col">Application</th>
            <th scope="col">Why</th>
            <th scope="col">Owner</th>
            <th scope="col">Ends</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {waivers.data?.waivers.map((waiver) => (
            <tr key={waiver.id} data-row="" tabIndex={-1}>
              <td>{waiver.finding}</td>
              <td>{waiver.application}</td>
              <td>{waiver.reason}</td>
              <td>{waiver.owner}</td>
              <td>
                <When at={waiver.expiresAt} />
              </td>
              <td>{waiver.state}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {waivers.data?.waivers.length === 0 && <p className="quiet">No finding is set aside.</p>}
    </section>
  );
}
