import '@mantine/core/styles/Checkbox.css';
import { Button, Checkbox, Group, Modal, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import { permissionsQuery, type Promotion } from '../../api/queries.ts';
import { ErrorNotice } from '../../states/error-notice.tsx';
import styles from './retry-dialog.module.css';
import { missingOfRetry, retryRequest, type RetryRequest, type RetryWish } from './retry-wish.ts';

interface RetryDialogProps {
  readonly promotion: Promotion;
  readonly onClose: () => void;
}

const nothingWished: RetryWish = {
  reason: '',
  forces: false,
  acknowledges: false,
  acceptsDataLoss: false,
  typed: '',
};

/** Asks how what failed goes on: from the step that failed, or, for a rollback, with what could not be undone. */
export default function RetryDialog({ promotion, onClose }: RetryDialogProps) {
  const [wish, setWish] = useState<RetryWish>(nothingWished);
  const { data: permissions } = useQuery(permissionsQuery(promotion.application, promotion.to));
  const retry = useCommand((body: RetryRequest, key: string) =>
    answer(
      api.POST('/api/promotions/{promotion}/retry', {
        params: { path: { promotion: promotion.id }, header: { 'idempotency-key': key } },
        body,
      }),
    ),
  );
  const isRollback = promotion.state === 'ROLLBACK_FAILED';
  const isRefused = promotion.failure?.requirementsNotMet === true;
  const mayForce = isRefused && permissions?.commands.includes('force') === true;
  const missing = missingOfRetry(wish, promotion.to);
  const isDangerous = wish.forces || wish.acceptsDataLoss;
  const title = isRollback ? 'Take it back again' : 'Go on';
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={styles['form']}
        onSubmit={(event) => {
          event.preventDefault();
          if (missing === undefined) retry.mutate(retryRequest(wish), { onSuccess: onClose });
        }}
      >
        <p>
          {isRollback
            ? 'It begins again with what could not be undone; what is undone already stays so.'
            : 'It begins again with the step that failed; what is done already is not repeated.'}
        </p>
        <Textarea
          label="What is different now"
          value={wish.reason}
          onChange={(event) => setWish({ ...wish, reason: event.currentTarget.value })}
          autosize
          minRows={3}
          maxLength={4000}
          autoFocus
          required={wish.forces || wish.acknowledges}
        />
        {isRefused && (
          <Checkbox
            label="Go on although it is ready only with caution"
            checked={wish.acknowledges}
            onChange={(event) => setWish({ ...wish, acknowledges: event.currentTarget.checked })}
          />
        )}
        {mayForce && (
          <Checkbox
            label="Go on although gates fail"
            checked={wish.forces}
            onChange={(event) => setWish({ ...wish, forces: event.currentTarget.checked })}
          />
        )}
        {isRollback && (
          <Checkbox
            label="Lose what the error names"
            description="Only where undoing says that it would lose rows or values."
            checked={wish.acceptsDataLoss}
            onChange={(event) => setWish({ ...wish, acceptsDataLoss: event.currentTarget.checked })}
          />
        )}
        {isDangerous && (
          <TextInput
            label={`Type ${promotion.to} to confirm`}
            value={wish.typed}
            onChange={(event) => setWish({ ...wish, typed: event.currentTarget.value })}
            required
          />
        )}
        {retry.isError && <ErrorNotice error={retry.error} />}
        <Group justify="flex-end">
          <Button onClick={onClose}>Leave it</Button>
          <Button
            type="submit"
            variant="filled"
            {...(isDangerous ? { color: 'red' } : {})}
            loading={retry.isPending}
            disabled={missing !== undefined}
            title={missing}
          >
            {title}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
