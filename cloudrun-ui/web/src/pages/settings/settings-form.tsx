import { Button, Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../../states/error-notice.tsx';
import styles from './settings-form.module.css';

interface SettingsFormProps {
  readonly title: string;
  /** What the button says. */
  readonly action: string;
  readonly isComplete: boolean;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Asks for what is to be declared; what the server refuses stays on the screen beside what was typed. */
export function SettingsForm(props: SettingsFormProps) {
  const { title, action, isComplete, isBusy, error, onSubmit, onClose, children } = props;
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete) onSubmit();
        }}
      >
        <div className={styles['fields']}>{children}</div>
        {error !== null && error !== undefined && <ErrorNotice error={error} />}
        <Group justify="flex-end" mt="md">
          <Button onClick={onClose}>Leave it</Button>
          <Button type="submit" variant="filled" loading={isBusy} disabled={!isComplete}>
            {action}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
