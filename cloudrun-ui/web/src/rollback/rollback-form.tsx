import { Button, Checkbox, Group, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ReturnWish, Revision, RollbackPreview } from '../api/queries.ts';
import { ErrorNotice } from '../states/error-notice.tsx';
import { StatusMark } from '../status/status-mark.tsx';
import { RollbackEffects } from './rollback-effects.tsx';
import styles from './rollback.module.css';

interface RollbackFormProps {
  readonly preview: RollbackPreview;
  readonly revisions: readonly Revision[];
  readonly wish: ReturnWish;
  /** Whether whoever looks may do it, too. */
  readonly isAllowed: boolean;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onWish: (wish: ReturnWish) => void;
  readonly onClose: () => void;
  readonly onAnswer: (reason: string) => void;
}

/** What it will do, to where, and why; what discards writes is confirmed by the environment's name. */
export function RollbackForm(props: RollbackFormProps) {
  const { preview, revisions, wish, isAllowed, isBusy, error, onWish, onClose, onAnswer } = props;
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const returnable = revisions.filter(({ canReturn }) => canReturn);
  const losesWrites = preview.discards !== null;
  const isSure = !losesWrites || (wish.acceptsDataLoss === true && typed.trim() === preview.environment);
  const mayAnswer = isAllowed && isSure && reason.trim() !== '';
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (mayAnswer) onAnswer(reason.trim());
      }}
    >
      {returnable.length > 1 && (
        <NativeSelect
          label="Return to"
          data={[
            { value: '', label: 'the newest release that was verified before' },
            ...returnable.map(({ number, release }) => ({
              value: String(number),
              label: `${release} (revision ${String(number)})`,
            })),
          ]}
          value={wish.number === undefined ? '' : String(wish.number)}
          onChange={({ currentTarget: { value } }) => {
            onWish({ ...wish, number: value === '' ? undefined : Number(value) });
          }}
        />
      )}
      <RollbackEffects preview={preview} />
      {losesWrites && (
        <>
          <Checkbox
            label="I have read what is lost"
            checked={wish.acceptsDataLoss === true}
            onChange={(event) => {
              onWish({ ...wish, acceptsDataLoss: event.currentTarget.checked });
            }}
          />
          <TextInput
            label={`Type ${preview.environment} to confirm`}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
            }}
            required
          />
        </>
      )}
      <Textarea
        label="Why"
        value={reason}
        onChange={(event) => {
          setReason(event.currentTarget.value);
        }}
        autosize
        minRows={2}
        maxLength={4000}
        autoFocus
        required
      />
      {!isAllowed && (
        <StatusMark kind="held">You may look. Rolling back here takes a role that you do not have.</StatusMark>
      )}
      {error !== null && error !== undefined && <ErrorNotice error={error} />}
      <Group justify="flex-end">
        <Button onClick={onClose}>Leave it</Button>
        <Button type="submit" variant="filled" color="red" loading={isBusy} disabled={!mayAnswer}>
          {preview.returnsTo === null ? 'Roll back' : `Roll back to ${preview.returnsTo}`}
        </Button>
      </Group>
    </form>
  );
}
