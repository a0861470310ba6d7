import { counted } from '../text/counted.ts';
import { shortenMiddle } from '../text/shorten-middle.ts';
import type { SameValue } from './value-change.ts';
import styles from './value-diff.module.css';

interface SameValuesProps {
  readonly same: readonly SameValue[];
  readonly noun: string;
}

/** What does not differ: how much of it, and what, for whoever opens it. */
export function SameValues({ same, noun }: SameValuesProps) {
  return (
    <details className={styles['same']}>
      <summary>
        {counted(same.length, noun)} {same.length === 1 ? 'is' : 'are'} the same
      </summary>
      <table className={styles['diff']}>
        <tbody>
          {same.map(({ setting, value }) => (
            <tr key={setting}>
              <th scope="row">{setting}</th>
              <td title={value}>{shortenMiddle(value, 96)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
