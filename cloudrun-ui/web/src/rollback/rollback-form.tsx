import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Revision } from '../api/queries.ts';
import { ErrorNotice } from '../states/error-notice.tsx';
import { SkeletonRows } from '../states/skeleton-rows.tsx';
import { StatusMark } from '../status/status-mark.tsx';
import { ReturnChoice } from './return-choice.tsx';
import { losesWrites, wouldFail, type ReturnWish } from './return-wish.ts';
import { RollbackEffects } from './rollback-effects.tsx';
import type { RollbackPreview } from './rollback-preview-query.ts';
import styles from './rollback.module.css';

interface RollbackFormProps {
  readonly environment: string;
  /** What the server says of the wish; undefined: nothing yet, or that it is refused. */
  readonly preview: RollbackPreview | undefined;
  /** Whether that is of the wish before, while another one is asked about. */
  readonly isOld: boolean;
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

/** To where, what it will do, and why; what discards writes is confirmed by the environment's name. */
export function RollbackForm(props: RollbackFormProps) {
  const { environment, preview, isOld, revisions, wish, isAllowed, isBusy, error, onWish, onClose, onAnswer } = props;
  const [reason, setReason] = useState('');
  const [typed, setTyped] = useState('');
  const isLossy = preview !== undefined && losesWrites(preview);
  const isShown = preview !== undefined && !isOld && !wouldFail(preview);
  const isSure = !isLossy || typed.trim() === environment;
  const mayAnswer = isAllowed && isShown && isSure && reason.trim() !== '';
  const hasError = error !== null && error !== undefined;
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (mayAnswer) onAnswer(reason.trim());
      }}
    >
      <ReturnChoice
        revisions={revisions}
        hasDatabase={preview?.hasDatabase}
        restoreRefused={preview?.restoreRefused ?? null}
        wish={wish}
        onWish={(next) => {
          // What was typed was about another loss.
          setTyped('');
          onWish(next);
        }}
      />
      {preview === undefined && !hasError && <SkeletonRows count={6} />}
      {preview !== undefined && (
        <div className={isOld ? styles['old'] : undefined} aria-busy={isOld}>
          <RollbackEffects preview={preview} />
        </div>
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
      {isLossy && (
        <TextInput
          label={`Type ${environment} to lose what was written`}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
          }}
          autoComplete="off"
          required
        />
      )}
      {!isAllowed && (
        <StatusMark kind="held">You may look. Rolling back here takes a role that you do not have.</StatusMark>
      )}
      {hasError && <ErrorNotice error={error} />}
      <Group justify="flex-end" className={styles['buttons']}>
        <Button onClick={onClose}>Leave it</Button>
        <Button type="submit" variant="filled" color="red" loading={isBusy} disabled={!mayAnswer}>
          {preview === undefined || preview.returnsTo === null ? 'Roll back' : `Roll back to ${preview.returnsTo}`}
        </Button>
      </Group>
    </form>
  );
}
