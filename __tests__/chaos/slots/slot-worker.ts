import { connectStore } from '../../../engine/store/postgres/connect.ts';
import { SystemClock } from '../../../engine/workflow/clock.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import { StepRegistry } from '../../../engine/workflow/step-registry.ts';
import { Worker } from '../../../engine/workflow/worker.ts';
import { slotOrdersSchema, slotOrdersVariable, type SlotOrders } from './slot-orders.ts';
import { slotSteps } from './slot-steps.ts';

/** Runs whatever is due until it is killed or asked to stop. */
async function work({ databaseUrl, folder, ...options }: SlotOrders): Promise<void> {
  const { store, close } = await connectStore({ url: databaseUrl });
  const engine = {
    store,
    // The steps here use none.
    ports: {} as Ports,
    steps: new StepRegistry(slotSteps(folder)),
    clock: new SystemClock(),
    stateVersion: 1,
    random: Math.random,
  };
  const onError = (id: string, error: unknown): void => {
    console.error(id, error);
  };
  const worker = new Worker(engine, { ...options, lingerSeconds: 3600, onError });
  process.once('SIGTERM', () => {
    worker.stop().catch((error: unknown) => {
      onError('stop', error);
    });
  });
  await worker.run();
  await close();
}

await work(slotOrdersSchema.parse(JSON.parse(process.env[slotOrdersVariable] ?? 'null')));
