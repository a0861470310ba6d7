import { createWriteStream, type WriteStream } from 'node:fs';
import { checkHealth } from '../../engine/health/check-health.ts';
import { installationChecks } from '../../engine/health/installation-checks.ts';
import { LogSubscriber } from '../../engine/log-events/log-subscriber.ts';
import { QueueReport } from '../../engine/log-events/queue-report.ts';
import { StreamEventLog } from '../../engine/log-events/stream-event-log.ts';
import { Tick } from '../../engine/log-events/tick.ts';
import { WaitingApprovals } from '../../engine/log-events/waiting-approvals.ts';
import type { Subscriber } from '../../engine/notifications/notifier.ts';
import type { ServiceContext } from '../../engine/service/service-context.ts';
import type { UpkeepTask } from './local-upkeep.ts';

const tickSeconds = 60;

export interface LocalMonitoring {
  readonly subscribers: readonly Subscriber[];
  readonly tasks: readonly UpkeepTask[];
  close(): void;
}

/**
 * The lines that metrics and alerts are made from in the cloud, in the file that `PROMOTION_EVENTS` names. Unset: nobody on
 * one machine makes any from them, and nothing is written.
 */
export function localMonitoring(
  context: ServiceContext,
  environment: Readonly<Record<string, string | undefined>>,
): LocalMonitoring {
  const file = environment['PROMOTION_EVENTS'] ?? '';
  if (file === '') return { subscribers: [], tasks: [], close: () => undefined };
  const stream = appendTo(file);
  const { store, rules, clock } = context;
  const log = new StreamEventLog(stream);
  const approvals = new WaitingApprovals(store, clock);
  const queue = new QueueReport(store, rules, log, clock);
  const ending = new AbortController();
  const tick = new Tick(
    [
      { name: 'approvals', run: () => approvals.sweep() },
      { name: 'queue', run: () => queue.write() },
      {
        name: 'health',
        run: async () => checkHealth(await installationChecks(context), log, clock, ending.signal),
      },
    ],
    log,
    clock,
  );
  return {
    subscribers: [new LogSubscriber(store, log)],
    tasks: [{ everySeconds: tickSeconds, run: () => tick.run() }],
    close() {
      ending.abort();
      stream.end();
    },
  };
}

function appendTo(file: string): WriteStream {
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  // Whoever writes is told; without a listener it would end the process as well.
  stream.on('error', () => undefined);
  return stream;
}
