import { Link } from '@tanstack/react-router';
import type { EndedPromotion } from '../../api/queries.ts';
import { formatDuration } from '../../time/format-duration.ts';
import { When } from '../../time/when.tsx';
import { ChangeList } from './change-list.tsx';
import { OutcomeMark } from './outcome-mark.tsx';
import styles from './history-table.module.css';

/** What is over, the newest first: what became of it, what it changed, who was behind it. */
export function HistoryTable({ promotions }: { readonly promotions: readonly EndedPromotion[] }) {
  return (
    <table className={styles['table']}>
      <thead>
        <tr>
          <th scope="col">Ended</th>
          <th scope="col">Outcome</th>
          <th scope="col">Release</th>
          <th scope="col">Way</th>
          <th scope="col">Changed</th>
          <th scope="col">By</th>
          <th scope="col" className={styles['number']}>
            Took
          </th>
        </tr>
      </thead>
      <tbody>
        {promotions.map((promotion) => (
          <HistoryRow key={promotion.id} promotion={promotion} />
        ))}
      </tbody>
    </table>
  );
}

function HistoryRow({ promotion }: { readonly promotion: EndedPromotion }) {
  const { id, kind, outcome, application, release, from, to, isHotfix, changes, requestedBy, approvedBy } = promotion;
  const tookMs =
    new Date(promotion.endedAt).getTime() - new Date(promotion.createdAt).getTime() - promotion.layFailedMs;
  return (
    <tr data-row="">
      <td>
        <When at={promotion.endedAt} />
      </td>
      <td>
        <OutcomeMark kind={kind} outcome={outcome} />
      </td>
      <td>
        <Link to="/promotions/$promotion" params={{ promotion: id }} className={styles['release']}>
          {application} {release}
        </Link>
        {isHotfix && <span className="quiet"> hotfix</span>}
        {promotion.trouble !== null && <div className={styles['trouble']}>{promotion.trouble}</div>}
      </td>
      <td className={styles['way']}>
        {from} → {to}
      </td>
      <td>
        <ChangeList changes={changes} />
      </td>
      <td>
        {requestedBy}
        {approvedBy.length > 0 && <div className={styles['trouble']}>approved by {approvedBy.join(', ')}</div>}
      </td>
      <td className={styles['number']}>{formatDuration(tookMs)}</td>
    </tr>
  );
}
