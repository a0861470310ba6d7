import { shortenMiddle } from '../text/shorten-middle.ts';
import styles from './value-diff.module.css';

/** One value that is another one elsewhere or later; null: it is not there. */
export interface ValueChange {
  readonly setting: string;
  readonly before: string | null;
  readonly after: string | null;
}

interface ValueDiffProps {
  readonly changes: readonly ValueChange[];
  /** What stands on the left and on the right. */
  readonly sides: readonly [string, string];
}

/** Values side by side, each with what it was and what it is: for configuration, flags, images and rules alike. */
export function ValueDiff({ changes, sides }: ValueDiffProps) {
  return (
    <table className={styles['diff']}>
      <thead>
        <tr>
          <th scope="col">Setting</th>
          <th scope="col">{sides[0]}</th>
          <th scope="col">{sides[1]}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ setting, before, after }) => (
          <tr key={setting}>
            <th scope="row">{setting}</th>
            <Value value={before} kind="removed" />
            <Value value={after} kind="added" />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ value, kind }: { readonly value: string | null; readonly kind: 'added' | 'removed' }) {
  if (value === null) return <td className="quiet">not there</td>;
  return (
    <td className={styles[kind]} title={value}>
      <span aria-hidden="true">{kind === 'added' ? '+ ' : '− '}</span>
      {shortenMiddle(value, 96)}
    </td>
  );
}
