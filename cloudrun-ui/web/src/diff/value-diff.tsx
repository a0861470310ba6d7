import { CopyButton, UnstyledButton } from '@mantine/core';
import { counted } from '../text/counted.ts';
import { DiffText, DiffValue } from './diff-value.tsx';
import { SameValues } from './same-values.tsx';
import { useDiffLayout } from './use-diff-layout.ts';
import { diffText, type SameValue, type ValueChange } from './value-change.ts';
import styles from './value-diff.module.css';

interface ValueDiffProps {
  readonly changes: readonly ValueChange[];
  /** What stands on the left and on the right. */
  readonly sides: readonly [string, string];
  /** What is the same on both, which is told when it is opened. */
  readonly same?: readonly SameValue[];
  /** What one of them is called. Default: setting. */
  readonly noun?: string;
}

/**
 * Values that differ, each with what it was and what it is, side by side or below one another; what is the same is
 * collapsed. For configuration, DDL, images, flags and rules alike.
 */
export function ValueDiff({ changes, sides, same = [], noun = 'setting' }: ValueDiffProps) {
  const { layout } = useDiffLayout();
  return (
    <div className={styles['whole']}>
      {changes.length > 0 && (
        <table className={styles['diff']} data-layout={layout}>
          <thead>
            <tr>
              <th scope="col">{counted(changes.length, noun)}</th>
              {layout === 'inline' ? (
                <th scope="col">
                  {sides[0]} → {sides[1]} <CopyDiff changes={changes} sides={sides} />
                </th>
              ) : (
                <>
                  <th scope="col">{sides[0]}</th>
                  <th scope="col">
                    {sides[1]} <CopyDiff changes={changes} sides={sides} />
                  </th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {changes.map((change) => (
              <DiffRow key={change.setting} change={change} isInline={layout === 'inline'} />
            ))}
          </tbody>
        </table>
      )}
      {same.length > 0 && <SameValues same={same} noun={noun} />}
    </div>
  );
}

interface DiffRowProps {
  readonly change: ValueChange;
  readonly isInline: boolean;
}

function DiffRow({ change: { setting, before, after }, isInline }: DiffRowProps) {
  const isText = typeof before === 'string' && typeof after === 'string' && `${before}${after}`.includes('\n');
  return (
    <tr>
      <th scope="row">{setting}</th>
      {isText ? (
        <td colSpan={isInline ? 1 : 2}>
          <DiffText before={before} after={after} />
        </td>
      ) : isInline ? (
        <td>
          {before !== null && <DiffValue value={before} kind="removed" />}
          {after !== null && <DiffValue value={after} kind="added" />}
          {after === null && before === null && <DiffValue value={null} kind="added" />}
        </td>
      ) : (
        <>
          <td className={typeof before === 'string' ? styles['removed'] : undefined}>
            <DiffValue value={before} kind="removed" />
          </td>
          <td className={typeof after === 'string' ? styles['added'] : undefined}>
            <DiffValue value={after} kind="added" />
          </td>
        </>
      )}
    </tr>
  );
}

function CopyDiff({ changes, sides }: Pick<ValueDiffProps, 'changes' | 'sides'>) {
  return (
    <CopyButton value={diffText(changes, sides)}>
      {({ copied, copy }) => (
        <UnstyledButton className={styles['copy']} onClick={copy} aria-label="Copy these differences">
          {copied ? 'Copied' : 'Copy'}
        </UnstyledButton>
      )}
    </CopyButton>
  );
}
