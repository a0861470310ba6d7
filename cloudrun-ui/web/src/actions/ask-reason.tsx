import { Button, Group, Modal, Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ErrorNotice } from '../states/error-notice.tsx';

interface AskReasonProps {
  /** What is about to be done, as on the button. */
  readonly action: string;
  /** Left out: it asks for nothing but a yes. */
  readonly question?: string;
  readonly isDangerous?: boolean;
  readonly isOptional?: boolean;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly children?: ReactNode;
  readonly onClose: () => void;
  readonly onAnswer: (reason: string) => void;
}

/** Asks why, and does it then; what the server refuses stays on the screen beside the reason. */
export function AskReason(props: AskReasonProps) {
  const {
    action,
    question,
    isDangerous = false,
    isOptional = false,
    isBusy,
    error,
    children,
    onClose,
    onAnswer,
  } = props;
  const [reason, setReason] = useState('');
  const isMissing = question !== undefined && !isOptional && reason.trim() === '';
  return (
    <Modal opened onClose={onClose} title={action} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isMissing) onAnswer(reason.trim());
        }}
      >
        {children}
        {question !== undefined && (
          <Textarea
            label={question}
            value={reason}
            onChange={(event) => {
              setReason(event.currentTarget.value);
            }}
            autosize
            minRows={3}
            maxLength={4000}
            autoFocus
            required={!isOptional}
          />
        )}
        {error !== null && error !== undefined && <ErrorNotice error={error} />}
        <Group justify="flex-end" mt="md">
          <Button onClick={onClose}>Leave it</Button>
          <Button
            type="submit"
            variant="filled"
            {...(isDangerous ? { color: 'red' } : {})}
            loading={isBusy}
            disabled={isMissing}
          >
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
