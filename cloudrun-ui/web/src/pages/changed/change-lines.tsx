import type { ChangeGroup } from './changed-query.ts';
import styles from './change-lines.module.css';
import { netChanges, netChangeText, type NetChange } from './net-changes.ts';

const shown = 6;
/** Under the pointer stands the whole of it. */
const wholeCharacters = 2000;

/** What changed, a line each: its kind, what it is, and from what to what. The rest is opened. */
export function ChangeLines({ changes }: Pick<ChangeGroup, 'changes'>) {
  const net = netChanges(changes);
  const rest = net.slice(shown);
  return (
    <>
      <Lines changes={net.slice(0, shown)} />
      {rest.length > 0 && (
        <details>
          <summary className="quiet">and {rest.length} more</summary>
          <Lines changes={rest} />
        </details>
      )}
    </>
  );
}

function Lines({ changes }: { readonly changes: readonly NetChange[] }) {
  return (
    <ul className={styles['lines']}>
      {changes.map((change) => (
        <li key={`${change.kind} ${change.subject}`} title={netChangeText(change, wholeCharacters)}>
          <span className="quiet">{change.kind}</span> {netChangeText(change)}
        </li>
      ))}
    </ul>
  );
}
