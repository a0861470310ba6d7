import { Button } from '@mantine/core';
import { useState } from 'react';
import { AskReason } from '../../actions/ask-reason.tsx';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import type { PromotionDetail } from '../../api/queries.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { When } from '../../time/when.tsx';
import styles from './people-panel.module.css';

type OpenItem = PromotionDetail['openItems'][number];

/** What people wrote down about a promotion, and what it left to be done. */
export function NotesPanel({ detail }: { readonly detail: PromotionDetail }) {
  const { promotion, notes, openItems } = detail;
  const [asked, setAsked] = useState<OpenItem | 'note' | undefined>(undefined);
  const write = useCommand((text: string, key: string) =>
    answer(
      api.POST('/api/promotions/{promotion}/notes', {
        params: { path: { promotion: promotion.id }, header: { 'idempotency-key': key } },
        body: { text },
      }),
    ),
  );
  const closeItem = useCommand((wish: { readonly id: string; readonly note: string }, key: string) =>
    answer(api.POST('/api/open-items/close', { params: { header: { 'idempotency-key': key } }, body: wish })),
  );
  const close = (): void => {
    setAsked(undefined);
    write.reset();
    closeItem.reset();
  };
  return (
    <section className={styles['panel']} aria-label="Notes">
      <h2 className={styles['title']}>
        Notes
        <Button size="compact-xs" onClick={() => setAsked('note')}>
          Note something down
        </Button>
      </h2>
      {notes.length + openItems.length === 0 && (
        <p className="quiet">
          What somebody did or saw, such as a restart by hand, is written down here for the audit.
        </p>
      )}
      <ul className={styles['list']}>
        {openItems.map((item) => (
          <li key={item.id} data-row="" tabIndex={-1}>
            <StatusMark kind="waiting">Left to do: {item.detail}</StatusMark>{' '}
            <span className="quiet">
              since <When at={item.openedAt} />
            </span>
            {item.kind !== 'checklist' && (
              <Button size="compact-xs" onClick={() => setAsked(item)} aria-label={`“${item.detail}” is done`}>
                It is done
              </Button>
            )}
          </li>
        ))}
        {notes.map(({ by, text, at }) => (
          <li key={`${by} ${at}`}>
            {text}{' '}
            <span className="quiet">
              {by}, <When at={at} />
            </span>
          </li>
        ))}
      </ul>
      {asked === 'note' && (
        <AskReason
          action="Note it down"
          question="What you did or saw"
          isBusy={write.isPending}
          error={write.error}
          onClose={close}
          onAnswer={(text) => write.mutate(text, { onSuccess: close })}
        />
      )}
      {asked !== undefined && asked !== 'note' && (
        <AskReason
          action="It is done"
          question="How it was done"
          isBusy={closeItem.isPending}
          error={closeItem.error}
          onClose={close}
          onAnswer={(note) => closeItem.mutate({ id: asked.id, note }, { onSuccess: close })}
        >
          <p>{asked.detail}</p>
        </AskReason>
      )}
    </section>
  );
}
