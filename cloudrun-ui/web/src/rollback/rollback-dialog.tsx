import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useCommand } from '../actions/use-command.ts';
import { answer, api, type BodyOf } from '../api/client.ts';
import { permissionsQuery, revisionsQuery } from '../api/queries.ts';
import { lossFlags, type ReturnWish } from './return-wish.ts';
import { RollbackForm } from './rollback-form.tsx';
import { rollbackPreviewQuery } from './rollback-preview-query.ts';

type RollbackWish = BodyOf<'/api/promotions/{promotion}/rollback'>;

interface RollbackDialogProps {
  /** What is taken back. */
  readonly promotion: string;
  readonly application: string;
  readonly environment: string;
  readonly onClose: () => void;
}

/** One screen before a rollback: from what, to what, how, what is lost, what cannot be undone. One confirmation. */
export default function RollbackDialog({ promotion, application, environment, onClose }: RollbackDialogProps) {
  const [wish, setWish] = useState<ReturnWish>({ number: undefined, fate: 'keeps-writes' });
  const preview = useQuery(rollbackPreviewQuery(promotion, wish));
  const { data: revisions } = useQuery(revisionsQuery(application, environment));
  const { data: permissions } = useQuery(permissionsQuery(application, environment));
  const navigate = useNavigate();
  const rollBack = useCommand((body: RollbackWish, key: string) =>
    answer(
      api.POST('/api/promotions/{promotion}/rollback', {
        params: { path: { promotion }, header: { 'idempotency-key': key } },
        body,
      }),
    ),
  );
  const target = wish.number === undefined ? {} : { to: { number: wish.number } };
  return (
    <Modal
      opened
      onClose={onClose}
      size={560}
      title={`Roll back ${application} in ${environment}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <RollbackForm
        environment={environment}
        preview={preview.data}
        isOld={preview.isPlaceholderData}
        revisions={revisions?.revisions ?? []}
        wish={wish}
        isAllowed={permissions?.commands.includes('rollback') !== false}
        isBusy={rollBack.isPending}
        error={rollBack.error ?? preview.error}
        onWish={(next) => {
          rollBack.reset();
          setWish(next);
        }}
        onClose={onClose}
        onAnswer={(reason) =>
          rollBack.mutate(
            { reason, ...target, ...lossFlags(wish) },
            {
              onSuccess: (started) =>
                void navigate({ to: '/promotions/$promotion', params: { promotion: started.promotion } }).then(onClose),
            },
          )
        }
      />
    </Modal>
  );
}
