import { shortenMiddle } from '../text/shorten-middle.ts';
import { diffLines } from './line-diff.ts';
import type { SideValue } from './value-change.ts';
import styles from './value-diff.module.css';

/** More of one value is under the pointer and in what is copied. */
const mostCharacters = 240;

interface DiffValueProps {
  readonly value: SideValue;
  readonly kind: 'removed' | 'added';
}

/** What a value was, or what it is. */
export function DiffValue({ value, kind }: DiffValueProps) {
  if (value === null) return <span className="quiet">not there</span>;
  if (value === undefined) return <span className="quiet">not known</span>;
  const Tag = kind === 'added' ? 'ins' : 'del';
  return (
    <Tag className={styles['value']} title={value}>
      <span aria-hidden="true">{kind === 'added' ? '+ ' : '− '}</span>
      {value === '' ? <span className="quiet">empty</span> : shortenMiddle(value, mostCharacters)}
    </Tag>
  );
}

/** What became of a text of several lines, such as a definition of a table. */
export function DiffText({ before, after }: { readonly before: string; readonly after: string }) {
  return (
    <pre className={styles['text']} tabIndex={0} aria-label="What became of it, line by line">
      {diffLines(before, after).map(({ kind, text }, index) => (
        <span key={index} className={styles[kind]}>
          {kind === 'added' ? '+ ' : kind === 'removed' ? '− ' : '  '}
          {text}
          {'\n'}
        </span>
      ))}
    </pre>
  );
}
