import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import type { LogLine } from '../../api/queries.ts';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { ErrorNotice } from '../../states/error-notice.tsx';
import { saveText } from '../../text/save-text.ts';
import { linesWith, splitAt, toLogText } from './log-lines.ts';
import { readWholeLog } from './promotion-queries.ts';
import styles from './step-log.module.css';
import { useFollowedTail } from './use-followed-tail.ts';

interface StepLogProps {
  readonly id: string;
  readonly lines: readonly LogLine[];
  readonly isMoving: boolean;
}

const lineHeightPx = 18;

/** What the steps wrote, as it comes; searched and taken away whole. Only the lines in sight are on the page. */
export function StepLog({ id, lines, isMoving }: StepLogProps) {
  const [search, setSearch] = useState('');
  const shown = useMemo(() => linesWith(lines, search), [lines, search]);
  const box = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeightPx,
    getItemKey: (index) => shown[index]?.seq ?? index,
    overscan: 20,
  });
  const tail = useFollowedTail(box, { count: lines.length, shown: shown.length, follows: isMoving });
  const download = useMutation({
    mutationFn: () => readWholeLog(id),
    onSuccess: (whole) => saveText(`${id}.log`, toLogText(whole)),
  });
  return (
    <section aria-label="Log">
      <div className={styles['bar']}>
        <h2 className={styles['title']}>Log</h2>
        {search !== '' && (
          <span className="quiet" role="status">
            {shown.length} of {lines.length}
          </span>
        )}
        <TextInput
          size="xs"
          placeholder="Search the log"
          aria-label="Search the log"
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
          }}
        />
        <Button size="xs" loading={download.isPending} onClick={() => download.mutate()}>
          Download
        </Button>
      </div>
      {download.isError && <ErrorNotice error={download.error} />}
      {shown.length === 0 ? (
        <EmptyNotice title={search === '' ? 'No step has written anything yet.' : 'No line has this in it.'} />
      ) : (
        <div className={styles['frame']}>
          <div
            ref={box}
            className={styles['box']}
            tabIndex={0}
            role="log"
            aria-label="Lines"
            aria-live="off"
            onScroll={tail.onScroll}
          >
            <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
              {virtualizer.getVirtualItems().map((item) => {
                const line = shown[item.index];
                if (line === undefined) return null;
                return (
                  <div
                    key={item.key}
                    className={styles['line']}
                    style={{ transform: `translateY(${String(item.start)}px)` }}
                  >
                    <time dateTime={line.at} title={line.at}>
                      {line.at.slice(11, 19)}
                    </time>
                    <span className={styles['step']}>{line.step}</span>
                    <span>
                      <Marked text={line.line} search={search} />
                    </span>
                  </div>
                );
              })}
            </div>
          </div>
          {tail.unseen > 0 && (
            <Button size="xs" variant="filled" className={styles['more']} onClick={tail.follow}>
              {tail.unseen} new {tail.unseen === 1 ? 'line' : 'lines'} ↓
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function Marked({ text, search }: { readonly text: string; readonly search: string }) {
  return splitAt(text, search).map(({ part, isFound, at }) =>
    isFound ? <mark key={at}>{part}</mark> : <span key={at}>{part}</span>,
  );
}
