import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { logsQuery } from '../../api/queries.ts';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { saveText } from '../../text/save-text.ts';
import { linesWith, toLogText } from './log-lines.ts';
import styles from './step-log.module.css';

interface StepLogProps {
  readonly id: string;
  readonly isMoving: boolean;
}

const lineHeightPx = 18;

/** What the steps wrote, as it comes; searched and taken away whole. Only the lines in sight are on the page. */
export function StepLog({ id, isMoving }: StepLogProps) {
  const [search, setSearch] = useState('');
  const { data } = useQuery(logsQuery(id, isMoving));
  const lines = useMemo(() => linesWith(data?.lines ?? [], search), [data, search]);
  const box = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeightPx,
    overscan: 20,
  });
  return (
    <section aria-label="Log">
      <div className={styles['bar']}>
        <h2 className={styles['title']}>Log</h2>
        <TextInput
          size="xs"
          placeholder="Search the log"
          aria-label="Search the log"
          value={search}
          onChange={(event) => {
            setSearch(event.currentTarget.value);
          }}
        />
        <Button
          size="xs"
          onClick={() => {
            saveText(`${id}.log`, toLogText(data?.lines ?? []));
          }}
        >
          Download
        </Button>
      </div>
      {lines.length === 0 ? (
        <EmptyNotice title={search === '' ? 'No step has written anything yet.' : 'No line has this in it.'} />
      ) : (
        <div ref={box} className={styles['box']} tabIndex={0} role="log" aria-label="Lines">
          <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
            {virtualizer.getVirtualItems().map((item) => {
              const line = lines[item.index];
              if (line === undefined) return null;
              return (
                <div
                  key={line.seq}
                  className={styles['line']}
                  style={{ transform: `translateY(${String(item.start)}px)` }}
                >
                  <time dateTime={line.at} title={line.at}>
                    {line.at.slice(11, 19)}
                  </time>
                  <span className={styles['step']}>{line.step}</span>
                  <span>{line.line}</span>
                </div>
              );
            })}
          </div>
        </div>
      )}
    </section>
  );
}
