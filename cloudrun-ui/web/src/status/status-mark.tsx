import type { ReactNode } from 'react';
import { statusWords, type StatusKind } from './status.ts';
import styles from './status-mark.module.css';

/** A shape for each, so that none is told by its colour alone. */
const shapes: Readonly<Record<StatusKind, ReactNode>> = {
  promoted: <path d="m3.5 8.5 3 3 6-7" />,
  running: <circle cx="8" cy="8" r="3" className={styles['dot']} />,
  waiting: (
    <>
      <circle cx="8" cy="8" r="5.5" />
      <path d="M8 5v3l2 1.5" />
    </>
  ),
  failed: <path d="m4 4 8 8M12 4l-8 8" />,
  'rolled-back': <path d="M6.5 3.5 3 7l3.5 3.5M3 7h6a3.5 3.5 0 0 1 0 7H7.5" />,
  drifted: <path d="M3 6h10M3 10h10M10 3 6 13" />,
  held: (
    <>
      <rect x="3.5" y="7" width="9" height="6.5" rx="1" />
      <path d="M5.5 7V5.5a2.5 2.5 0 0 1 5 0V7" />
    </>
  ),
  idle: <circle cx="8" cy="8" r="5" strokeDasharray="2 2.5" />,
  ended: <path d="M4 8h8" />,
};

interface StatusMarkProps {
  readonly kind: StatusKind;
  /** Default: the word of this status. */
  readonly children?: ReactNode;
  /** For lists in which many stand below one another: the shape keeps the colour, the words are as all others. */
  readonly isQuiet?: boolean;
  /** For a cell that is too narrow for it; the word stays for those who hear the page. */
  readonly hidesWord?: boolean;
}

/** A shape, a colour and a word: the same for the same thing on every page. */
export function StatusMark({ kind, children, isQuiet = false, hidesWord = false }: StatusMarkProps) {
  const word = children ?? statusWords[kind];
  return (
    <span className={styles['mark']} data-kind={kind}>
      <svg viewBox="0 0 16 16" aria-hidden="true" className={styles['shape']}>
        {shapes[kind]}
      </svg>
      <span className={hidesWord ? styles['hidden'] : isQuiet ? styles['quiet'] : undefined}>{word}</span>
    </span>
  );
}
