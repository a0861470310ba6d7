import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { AskReason } from '../../actions/ask-reason.tsx';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api, type BodyOf } from '../../api/client.ts';
import type { Promotion } from '../../api/queries.ts';
import { ErrorNotice } from '../../states/error-notice.tsx';
import styles from './approval-panel.module.css';

interface DecisionButtonsProps {
  readonly promotion: Promotion;
  /** Of the plan that is shown: only that one is decided. */
  readonly planHash: string;
}

type Decision = BodyOf<'/api/promotions/{promotion}/decisions'>;

/** Yes, which asks nothing more, and no, which asks why. */
export function DecisionButtons({ promotion, planHash }: DecisionButtonsProps) {
  const [isRejecting, setRejecting] = useState(false);
  const [comment, setComment] = useState('');
  const decide = useCommand((body: Decision, key: string) =>
    answer(
      api.POST('/api/promotions/{promotion}/decisions', {
        params: { path: { promotion: promotion.id }, header: { 'idempotency-key': key } },
        body,
      }),
    ),
  );
  const said = comment.trim();
  return (
    <>
      <div className={styles['buttons']}>
        <Button
          variant="filled"
          loading={decide.isPending && !isRejecting}
          onClick={() => decide.mutate({ decision: 'approved', planHash, ...(said === '' ? {} : { comment: said }) })}
        >
          Approve
        </Button>
        <Button
          onClick={() => {
            decide.reset();
            setRejecting(true);
          }}
        >
          Reject
        </Button>
      </div>
      <details className={styles['comment']}>
        <summary>Say something with it</summary>
        <Textarea
          label="Comment"
          value={comment}
          onChange={(event) => {
            setComment(event.currentTarget.value);
          }}
          autosize
          minRows={2}
          maxLength={4000}
        />
      </details>
      {decide.isError && !isRejecting && <ErrorNotice error={decide.error} />}
      {isRejecting && (
        <AskReason
          action="Reject"
          question="Why"
          isDangerous
          isBusy={decide.isPending}
          error={decide.error}
          onClose={() => setRejecting(false)}
          onAnswer={(reason) =>
            decide.mutate({ decision: 'rejected', planHash, comment: reason }, { onSuccess: () => setRejecting(false) })
          }
        />
      )}
    </>
  );
}
