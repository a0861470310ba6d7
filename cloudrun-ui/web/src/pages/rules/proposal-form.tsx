import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useCommand } from '../../actions/use-command.ts';
import { answer, api } from '../../api/client.ts';
import { ErrorNotice } from '../../states/error-notice.tsx';
import table from '../../table/table.module.css';
import { ProposalJudgement } from './proposal-judgement.tsx';

/** Tries rules on what has happened: nothing is changed by it. */
export function ProposalForm() {
  const [text, setText] = useState('');
  const judge = useCommand((proposed: string, key: string) =>
    answer(
      api.POST('/api/rules/proposals', { params: { header: { 'idempotency-key': key } }, body: { text: proposed } }),
    ),
  );
  return (
    <section className={table['section']}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          judge.mutate(text);
        }}
      >
        <Textarea
          label="What would other rules have decided?"
          description="Paste a whole rules file; the promotions of the last 30 days are judged by it. Nothing is changed."
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
          autosize
          minRows={4}
          maxRows={16}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: '12px' } }}
        />
        <Button type="submit" mt="sm" loading={judge.isPending} disabled={text.trim() === ''}>
          Try these rules
        </Button>
      </form>
      {judge.isError && <ErrorNotice error={judge.error} />}
      {judge.data !== undefined && <ProposalJudgement judged={judge.data} />}
    </section>
  );
}
