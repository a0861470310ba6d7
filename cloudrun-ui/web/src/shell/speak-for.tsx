import { Button, Group, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLive } from '../api/live/live-context.ts';
import type { Me } from '../api/queries.ts';
import { speakFor } from './development-person.ts';
import styles from './person-menu.module.css';

interface SpeakForProps {
  readonly me: Me;
  readonly onDone: () => void;
}

/** On one machine, where nobody signs in: lets whoever uses it be the second approver too, which is recorded as said. */
export default function SpeakFor({ me, onDone }: SpeakForProps) {
  const [name, setName] = useState('');
  const client = useQueryClient();
  const live = useLive();
  const speak = (person: string | undefined): void => {
    speakFor(person);
    onDone();
    // What is told from here on is told to somebody else.
    live.stop();
    live.start();
    void client.resetQueries();
  };
  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') speak(name.trim());
      }}
    >
      <TextInput
        label="Speak for somebody else"
        description="Such as a second approver. The audit trail says that it was you."
        placeholder="Name"
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
        autoFocus
        maxLength={200}
      />
      <Group justify="flex-end">
        {me.saidBy !== null && <Button onClick={() => speak(undefined)}>Be {me.saidBy} again</Button>}
        <Button type="submit" variant="filled" disabled={name.trim() === ''}>
          {name.trim() === '' ? 'Speak' : `Speak for ${name.trim()}`}
        </Button>
      </Group>
    </form>
  );
}
