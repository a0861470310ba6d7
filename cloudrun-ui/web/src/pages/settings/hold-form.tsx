import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import { PlaceChoice } from '../../places/place-choice.tsx';
import { placesQuery, type KnownPlace } from '../../places/places-query.ts';
import { ErrorNotice } from '../../states/error-notice.tsx';

/** Pins an environment to what runs in it. */
export function HoldForm({ onClose }: { readonly onClose: () => void }) {
  const { data: places = [] } = useQuery(placesQuery);
  const [chosen, setChosen] = useState<KnownPlace | undefined>(undefined);
  const [reason, setReason] = useState('');
  const place = chosen ?? places[0];
  const hold = useCommand((wish: KnownPlace & { readonly reason: string }, key: string) =>
    answer(api.POST('/api/holds', { params: { header: { 'idempotency-key': key } }, body: { ...wish } })),
  );
  return (
    <Modal opened onClose={onClose} title="Hold an environment" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (place !== undefined) hold.mutate({ ...place, reason: reason.trim() }, { onSuccess: onClose });
        }}
      >
        <Group grow>
          <PlaceChoice
            places={places}
            application={place?.application}
            environment={place?.environment}
            onChange={setChosen}
          />
        </Group>
        <Textarea
          label="Why"
          required
          mt="sm"
          minRows={2}
          autosize
          maxLength={4000}
          value={reason}
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
        />
        {hold.isError && <ErrorNotice error={hold.error} />}
        <Group justify="flex-end" mt="md">
          <Button onClick={onClose}>Leave it</Button>
          <Button
            type="submit"
            variant="filled"
            loading={hold.isPending}
            disabled={reason.trim() === '' || place === undefined}
          >
            Hold it
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
