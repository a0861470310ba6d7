import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { AskReason } from '../../actions/ask-reason.tsx';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import type { Promotion } from '../../api/queries.ts';

const RollbackDialog = lazy(() => import('../../rollback/rollback-dialog.tsx'));

/** What can be done about a promotion as it is; whether somebody may is for the server to say. */
export function PromotionActions({ promotion }: { readonly promotion: Promotion }) {
  const [asked, setAsked] = useState<'cancel' | 'retry' | 'rollback' | undefined>(undefined);
  const path = { promotion: promotion.id };
  const cancel = useCommand((reason: string, key: string) =>
    answer(
      api.POST('/api/promotions/{promotion}/cancel', {
        params: { path, header: { 'idempotency-key': key } },
        body: { reason },
      }),
    ),
  );
  const retry = useCommand((reason: string, key: string) =>
    answer(
      api.POST('/api/promotions/{promotion}/retry', {
        params: { path, header: { 'idempotency-key': key } },
        body: reason === '' ? {} : { reason },
      }),
    ),
  );
  const close = (): void => {
    setAsked(undefined);
    cancel.reset();
    retry.reset();
  };
  const mayCancel = promotion.endedAt === null && promotion.rollback === null;
  // A promotion that the rules refused changed nothing: it is asked for anew.
  const isRefused = promotion.failure?.requirementsNotMet === true;
  const mayRetry = promotion.failure !== null && promotion.state !== 'ROLLED_BACK' && !isRefused;
  const isDone = promotion.state === 'COMPLETED_SUCCESSFULLY';
  const mayRollBack = isDone && promotion.kind === 'promote' && !promotion.isDryRun;
  const wish = { promote: promotion.application, release: promotion.release, from: promotion.from, to: promotion.to };
  return (
    <>
      {mayRetry && <Button onClick={() => setAsked('retry')}>Go on from {promotion.failure?.step ?? 'there'}</Button>}
      {promotion.isDryRun && isDone && (
        <Button variant="filled" renderRoot={(props) => <Link to="/" search={wish} {...props} />}>
          Promote to {promotion.to}
        </Button>
      )}
      {isRefused && <Button renderRoot={(props) => <Link to="/" search={wish} {...props} />}>Promote again</Button>}
      {mayRollBack && <Button onClick={() => setAsked('rollback')}>Roll back</Button>}
      {mayCancel && <Button onClick={() => setAsked('cancel')}>Cancel</Button>}
      {asked === 'rollback' && (
        <Suspense>
          <RollbackDialog
            promotion={promotion.id}
            application={promotion.application}
            environment={promotion.to}
            onClose={close}
          />
        </Suspense>
      )}
      {asked === 'cancel' && (
        <AskReason
          action="Cancel the promotion"
          question="Why"
          isDangerous
          isBusy={cancel.isPending}
          error={cancel.error}
          onClose={close}
          onAnswer={(reason) => cancel.mutate(reason, { onSuccess: close })}
        >
          <p>What it changed already is taken back.</p>
        </AskReason>
      )}
      {asked === 'retry' && (
        <AskReason
          action="Go on"
          question="What is different now"
          isOptional
          isBusy={retry.isPending}
          error={retry.error}
          onClose={close}
          onAnswer={(reason) => retry.mutate(reason, { onSuccess: close })}
        >
          <p>It begins again with the step that failed; what is done already is not repeated.</p>
        </AskReason>
      )}
    </>
  );
}
