import { StatusMark } from '../status/status-mark.tsx';
import type { ComparedPart } from './compared-part.ts';
import styles from './diff-part.module.css';
import { ValueDiff } from './value-diff.tsx';

interface DiffPartProps {
  readonly part: ComparedPart;
  readonly sides: readonly [string, string];
}

/** One thing that two sides are compared in: how much of it differs, and in what. */
export function DiffPart({ part: { title, noun, changes, same, unknown }, sides }: DiffPartProps) {
  return (
    <section className={styles['part']} aria-label={title}>
      <h2>
        {title}
        {changes.length === 0 && unknown === undefined && (
          <StatusMark kind="promoted" isQuiet>
            {same.length === 0 ? 'none' : 'the same'}
          </StatusMark>
        )}
      </h2>
      {unknown !== undefined && (
        <p>
          <StatusMark kind="waiting">Not known: {unknown}</StatusMark>
        </p>
      )}
      <ValueDiff changes={changes} same={same} sides={sides} noun={noun} />
    </section>
  );
}
