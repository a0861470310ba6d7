import type { EndedPromotion } from '../../api/queries.ts';
import { shortenMiddle } from '../../text/shorten-middle.ts';
import styles from './change-list.module.css';

const shown = 4;

/** What a promotion changed, a few words each; the rest is counted. */
export function ChangeList({ changes }: Pick<EndedPromotion, 'changes'>) {
  if (changes.length === 0) return <span className="quiet">nothing</span>;
  const rest = changes.length - shown;
  return (
    <ul className={styles['list']}>
      {changes.slice(0, shown).map(({ kind, subject, before, after }) => (
        <li key={`${kind} ${subject}`} title={`${subject}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`}>
          <span className="quiet">{kind}</span> {shortenMiddle(subject, 28)}
        </li>
      ))}
      {rest > 0 && <li className="quiet">and {rest} more</li>}
    </ul>
  );
}
