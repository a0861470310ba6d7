import { setTimeout as pause } from 'node:timers/promises';
import { LocalAudit } from '../../../cli/compose/local-audit.ts';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { databaseFunctionAt } from '../../../cli/compose/local-database-function.ts';
import { localPorts } from '../../../cli/compose/local-ports.ts';
import { FileNotifier } from '../../../engine/notifications/file-notifier.ts';
import { journal } from '../../../engine/notifications/journal.ts';
import type { Notifier } from '../../../engine/notifications/notifier.ts';
import { builtInSteps } from '../../../engine/steps/built-in-steps.ts';
import { connectStore } from '../../../engine/store/postgres/connect.ts';
import { SystemClock } from '../../../engine/workflow/clock.ts';
import { OutboxSweeper } from '../../../engine/workflow/outbox-sweeper.ts';
import { isEndState } from '../../../engine/workflow/state.ts';
import { engineStateVersion } from '../../../engine/workflow/state-version.ts';
import { StepRegistry } from '../../../engine/workflow/step-registry.ts';
import { Worker } from '../../../engine/workflow/worker.ts';
import { Guard } from './guard.ts';
import { guardCommits } from './guarded-commits.ts';
import { guardPorts } from './guarded-effects.ts';
import { ordersSchema, ordersVariable, type Orders } from './orders.ts';

/**
 * A worker as local mode composes it, except that it cuts itself off where its orders say. It stays until its one
 * promotion has ended, then delivers what is in the outbox and signs the audit trail, as every worker does.
 */
async function work(orders: Orders): Promise<void> {
  const guard = new Guard(orders);
  const folders = new LocalFolders(orders.home);
  const clock = new SystemClock();
  const { store: plainStore, close } = await connectStore({ url: orders.databaseUrl, maximumConnections: 3 });
  const store = guardCommits(plainStore, guard);
  const engine = {
    store,
    ports: guardPorts(
      localPorts(folders, databaseFunctionAt(folders, orders.functionUrl), folders.in('rules.yaml')),
      guard,
    ),
    steps: new StepRegistry(builtInSteps),
    clock,
    stateVersion: engineStateVersion,
    random: Math.random,
  };
  for (;;) {
    const { owner, leaseSeconds, promotionId } = orders;
    const onError = (_: string, error: unknown): void => {
      console.error(error);
    };
    await new Worker(engine, { owner, leaseSeconds, promotionId, concurrency: 1, onError }).run();
    const record = await store.load(promotionId);
    if (record === undefined) throw new Error(`there is no promotion ${promotionId}`);
    if (isEndState(record.state)) break;
    await pause(25);
  }
  const subscriber = journal(guardNotifier(new FileNotifier(folders.notifications), guard));
  await new OutboxSweeper(store, () => Promise.resolve([subscriber])).sweep(AbortSignal.timeout(10_000));
  await guard.around('audit:heads.append', () => new LocalAudit(folders, store, clock).sign());
  await close();
}

function guardNotifier(notifier: Notifier, guard: Guard): Notifier {
  return {
    deliver: (notification, signal) =>
      guard.around(`outbox:${notification.type}.deliver`, () => notifier.deliver(notification, signal)),
  };
}

await work(ordersSchema.parse(JSON.parse(process.env[ordersVariable] ?? 'null')));
