import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { AskReason } from '../../actions/ask-reason.tsx';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import type { Promotion } from '../../api/queries.ts';
import { actionsOf, type PromotionAction } from './actions-of.ts';

const RollbackDialog = lazy(() => import('../../rollback/rollback-dialog.tsx'));
const RetryDialog = lazy(() => import('./retry-dialog.tsx'));

/** What can be done about a promotion as it is. */
export function PromotionActions({ promotion }: { readonly promotion: Promotion }) {
  const [asked, setAsked] = useState<PromotionAction | undefined>(undefined);
  const params = { path: { promotion: promotion.id } };
  const cancel = useCommand((reason: string, key: string) =>
    answer(
      api.POST('/api/promotions/{promotion}/cancel', {
        params: { ...params, header: { 'idempotency-key': key } },
        body: { reason },
      }),
    ),
  );
  const confirm = useCommand((_: undefined, key: string) =>
    answer(
      api.POST('/api/promotions/{promotion}/confirm-rollback', {
        params: { ...params, header: { 'idempotency-key': key } },
        body: {},
      }),
    ),
  );
  const close = (): void => {
    setAsked(undefined);
    cancel.reset();
    confirm.reset();
  };
  const wish = { promote: promotion.application, release: promotion.release, from: promotion.from, to: promotion.to };
  return (
    <>
      {actionsOf(promotion).map((action) => {
        switch (action) {
          case 'promote':
          case 'promote-again':
            return (
              <Button
                key={action}
                {...(action === 'promote' ? { variant: 'filled' } : {})}
                renderRoot={(props) => <Link to="/" search={wish} {...props} />}
              >
                {action === 'promote' ? `Promote to ${promotion.to}` : 'Promote again'}
              </Button>
            );
          default:
            return (
              <Button key={action} onClick={() => setAsked(action)}>
                {wordsOf(action, promotion)}
              </Button>
            );
        }
      })}
      {asked === 'roll-back' && (
        <Suspense>
          <RollbackDialog
            promotion={promotion.id}
            application={promotion.application}
            environment={promotion.to}
            onClose={close}
          />
        </Suspense>
      )}
      {(asked === 'go-on' || asked === 'take-back-again') && (
        <Suspense>
          <RetryDialog promotion={promotion} onClose={close} />
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
      {asked === 'confirm' && (
        <AskReason
          action="It was taken back by hand"
          isDangerous
          isBusy={confirm.isPending}
          error={confirm.error}
          onClose={close}
          onAnswer={() => confirm.mutate(undefined, { onSuccess: close })}
        >
          <p>
            The engine takes your word for it and undoes nothing more. What runs in {promotion.to} is then verified, and
            only that ends it.
          </p>
        </AskReason>
      )}
    </>
  );
}

function wordsOf(action: Exclude<PromotionAction, 'promote' | 'promote-again'>, { failure, state }: Promotion): string {
  switch (action) {
    case 'go-on':
      return failure?.requirementsNotMet === true && state === 'FAILED'
        ? 'Judge it again'
        : `Go on from ${failure?.step ?? 'there'}`;
    case 'take-back-again':
      return 'Take it back again';
    case 'confirm':
      return 'It was taken back by hand';
    case 'roll-back':
      return 'Roll back';
    case 'cancel':
      return 'Cancel';
  }
}
