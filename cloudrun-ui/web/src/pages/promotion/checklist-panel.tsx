import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { AskReason } from '../../actions/ask-reason.tsx';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api, type BodyOf } from '../../api/client.ts';
import { permissionsQuery, type PromotionDetail } from '../../api/queries.ts';
import type { StatusKind } from '../../status/status.ts';
import { StatusMark } from '../../status/status-mark.tsx';
import { When } from '../../time/when.tsx';
import styles from './checklist-panel.module.css';

type TickWish = BodyOf<'/api/promotions/{promotion}/ticks'>;
type Item = PromotionDetail['checklist'][number];

/** What has to be true before it goes on, or is left to do once it is deployed; and who said that it is. */
export function ChecklistPanel({ detail }: { readonly detail: PromotionDetail }) {
  const { promotion, checklist } = detail;
  const [asked, setAsked] = useState<Item | undefined>(undefined);
  const { data: permissions } = useQuery(permissionsQuery(promotion.application, promotion.to));
  const tick = useCommand((body: TickWish, key: string) =>
    answer(
      api.POST('/api/promotions/{promotion}/ticks', {
        params: { path: { promotion: promotion.id }, header: { 'idempotency-key': key } },
        body,
      }),
    ),
  );
  if (checklist.length === 0) return null;
  const close = (): void => {
    setAsked(undefined);
    tick.reset();
  };
  const mayTick = permissions?.commands.includes('tick') === true;
  return (
    <section className={styles['panel']} aria-label="Checklist">
      <h2 className={styles['title']}>Checklist</h2>
      <ul className={styles['items']}>
        {checklist.map((item) => (
          <li key={item.number} className={styles['item']}>
            <span>
              <StatusMark kind={kindOf(item)} isQuiet>
                {item.item}
              </StatusMark>{' '}
              <span className="quiet">
                <Standing item={item} />
              </span>
            </span>
            {mayTick && item.state === 'open' && (
              <Button
                size="xs"
                aria-label={`Tick ${item.item}`}
                onClick={() => {
                  setAsked(item);
                }}
              >
                Tick
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked !== undefined && (
        <AskReason
          action="Tick it"
          question="Where it can be seen"
          isOptional
          isBusy={tick.isPending}
          error={tick.error}
          onClose={close}
          onAnswer={(note) =>
            tick.mutate({ item: String(asked.number), ...(note === '' ? {} : { note }) }, { onSuccess: close })
          }
        >
          <p>“{asked.item}”, in your name</p>
        </AskReason>
      )}
    </section>
  );
}

function Standing({ item: { state, gate, role, phase, by, note, at } }: { readonly item: Item }) {
  const when = phase === 'after' ? 'once it is deployed' : undefined;
  switch (state) {
    case 'open':
      return (
        <>
          {[gate === null ? `by ${role ?? 'anybody who may tick'}` : `by the gate ${gate}`, when]
            .filter(Boolean)
            .join(', ')}
        </>
      );
    case 'ticked-by-gate':
      return <>the gate {gate} passed</>;
    case 'overruled':
      return <>set aside{by !== null && <> by {by}</>}</>;
    case 'ticked-by-person':
      return (
        <>
          {by}
          {at !== null && (
            <>
              , <When at={at} />
            </>
          )}
          {note !== null && <>: “{note}”</>}
        </>
      );
  }
}

function kindOf({ state }: Item): StatusKind {
  switch (state) {
    case 'open':
      return 'waiting';
    case 'ticked-by-person':
    case 'ticked-by-gate':
      return 'promoted';
    case 'overruled':
      return 'ended';
  }
}
