import { Client } from 'pg';
import { FileNotifier } from '../../../engine/notifications/file-notifier.ts';
import { journal } from '../../../engine/notifications/journal.ts';
import { OutboxSweeper } from '../../../engine/workflow/outbox-sweeper.ts';
import type { Installation } from '../installation/installation.ts';

/** Delivers what workers that were killed had taken to deliver, without waiting until it is due again. */
export async function emptyOutbox(installation: Installation): Promise<void> {
  const subscriber = journal(new FileNotifier(installation.folders.notifications));
  const sweeper = new OutboxSweeper(installation.store, () => Promise.resolve([subscriber]));
  const client = new Client({ connectionString: installation.databaseUrl });
  await client.connect();
  try {
    for (;;) {
      const messages = await client.query('update outbox set due_at = clock_timestamp() where sent_at is null');
      const deliveries = await client.query(
        'update delivery set due_at = clock_timestamp() where delivered_at is null and given_up_at is null',
      );
      if (messages.rowCount === 0 && deliveries.rowCount === 0) return;
      await sweeper.sweep(AbortSignal.timeout(30_000));
    }
  } finally {
    await client.end();
  }
}
