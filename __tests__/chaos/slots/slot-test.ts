import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { verifyChain } from '../../../engine/audit/hash-chain.ts';
import { connectStore } from '../../../engine/store/postgres/connect.ts';
import type { PostgresStore } from '../../../engine/store/postgres/postgres-store.ts';
import { seededRandom } from '../random.ts';
import { makeRelease, makeSlots, requestInSlot, type Slot } from './slot-promotions.ts';
import { slotStepNames, slotSteps } from './slot-steps.ts';
import { judgeTestimony, readTestimonies, type SlotLine } from './slot-witness.ts';
import { slotOrdersVariable, type SlotOrders } from './slot-orders.ts';

export interface SlotTestOptions {
  /** Of a database of its own. */
  readonly databaseUrl: string;
  readonly promotions: number;
  readonly slots: number;
  readonly workers: number;
  readonly seed: number;
  readonly secondsBetweenKills: number;
  readonly onProgress: (line: string) => void;
}

export interface SlotTestResult {
  readonly promotions: number;
  readonly completed: number;
  readonly slots: number;
  readonly sharedResources: number;
  readonly workerKills: number;
  readonly linesWitnessed: number;
  readonly repeatedSteps: number;
  readonly lateLines: number;
  readonly findings: readonly string[];
  readonly seconds: number;
}

const leaseSeconds = 3;
const concurrency = 24;
const requestsAtOnce = 8;
const stallSeconds = 120;

/** Many promotions for few slots, run by workers that are killed at random, with a witness in every slot. */
export async function testSlots(options: SlotTestOptions): Promise<SlotTestResult> {
  const started = performance.now();
  const folder = await mkdtemp(join(tmpdir(), 'chaos-slots-'));
  const { store, close } = await connectStore({ url: options.databaseUrl });
  try {
    const slots = makeSlots(options.slots);
    const expected = await requestAll(store, slots, options.promotions, folder);
    options.onProgress(`${String(expected.size)} promotions for ${String(slots.length)} slots are asked for`);
    const workerKills = await runWithKills(options, folder);
    const testimonies = await readTestimonies(folder);
    const verdicts = [...testimonies].map(([resource, lines]) => judgeTestimony(resource, lines));
    const states = await statesOf(options.databaseUrl);
    const completed = states.get('COMPLETED_SUCCESSFULLY') ?? 0;
    const findings = [
      ...verdicts.flatMap(({ violations }) => violations),
      ...missingTestimonies(expected, testimonies),
      ...[...states]
        .filter(([state]) => state !== 'COMPLETED_SUCCESSFULLY')
        .map(([state, count]) => `${String(count)} promotions are ${state}`),
      ...(await brokenChains(store)),
      ...(await leftovers(options.databaseUrl)),
    ];
    const total = (key: 'lateLines' | 'repeatedSteps'): number => verdicts.reduce((sum, each) => sum + each[key], 0);
    return {
      promotions: expected.size,
      completed,
      slots: slots.length,
      sharedResources: new Set(slots.flatMap(({ sharedResources }) => sharedResources)).size,
      workerKills,
      linesWitnessed: [...testimonies.values()].reduce((sum, lines) => sum + lines.length, 0),
      repeatedSteps: total('repeatedSteps'),
      lateLines: total('lateLines'),
      findings,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns the slot of each promotion, by its id. */
async function requestAll(
  store: PostgresStore,
  slots: readonly Slot[],
  count: number,
  folder: string,
): Promise<ReadonlyMap<string, Slot>> {
  const steps = slotSteps(folder);
  const releases = new Map<string, string>();
  for (const { application } of slots) releases.set(application, await makeRelease(store, application));
  const expected = new Map<string, Slot>();
  let next = 0;
  const request = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) {
      const slot = slots[index % slots.length];
      const release = releases.get(slot?.application ?? '');
      if (slot === undefined || release === undefined) throw new Error('there is no slot');
      expected.set(await requestInSlot(store, slot, release, steps), slot);
    }
  };
  await Promise.all(Array.from({ length: requestsAtOnce }, request));
  return expected;
}

/** @returns how many workers were killed. */
async function runWithKills(options: SlotTestOptions, folder: string): Promise<number> {
  const random = seededRandom(options.seed);
  const client = new Client({ connectionString: options.databaseUrl });
  await client.connect();
  const compileCache = await mkdtemp(join(tmpdir(), 'chaos-slots-cache-'));
  let started = 0;
  const start = (): ChildProcess => {
    started += 1;
    const { databaseUrl } = options;
    const orders: SlotOrders = { databaseUrl, folder, owner: `worker-${String(started)}`, leaseSeconds, concurrency };
    return spawn(process.execPath, [`${import.meta.dirname}/slot-worker.ts`], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        PATH: process.env['PATH'],
        NODE_COMPILE_CACHE: compileCache,
        [slotOrdersVariable]: JSON.stringify(orders),
      },
    });
  };
  const workers = Array.from({ length: options.workers }, start);
  let kills = 0;
  try {
    let [left, since] = [options.promotions, performance.now()];
    while (left > 0) {
      await pause(options.secondsBetweenKills * 1000 * (0.5 + random()));
      const { rows } = await client.query<{ left: string }>(
        'select count(*) as left from promotion where ended_at is null',
      );
      const now = Number(rows[0]?.left);
      if (now < left) since = performance.now();
      left = now;
      if (performance.now() - since > stallSeconds * 1000) throw new Error(`${String(left)} promotions do not go on`);
      options.onProgress(`${String(left)} promotions left, ${String(kills)} workers killed`);
      if (left === 0) break;
      const which = Math.floor(random() * workers.length);
      await end(workers[which], 'SIGKILL');
      workers[which] = start();
      kills += 1;
    }
  } finally {
    for (const worker of workers) await end(worker, 'SIGTERM');
    await client.end();
    await rm(compileCache, { recursive: true, force: true });
  }
  return kills;
}

async function end(worker: ChildProcess | undefined, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (worker === undefined || worker.exitCode !== null || worker.signalCode !== null) return;
  const ended = once(worker, 'exit');
  worker.kill(signal);
  await ended;
}

/** Every step of every promotion must have been in the slot and in what it shares, to its end. */
function missingTestimonies(
  expected: ReadonlyMap<string, Slot>,
  testimonies: ReadonlyMap<string, readonly SlotLine[]>,
): readonly string[] {
  const left = new Set(
    [...testimonies].flatMap(([resource, lines]) =>
      lines
        .filter(({ event }) => event === 'leave')
        .map(({ promotionId, step }) => `${step} of ${promotionId} in ${resource}`),
    ),
  );
  return [...expected].flatMap(([id, { application, sharedResources }]) =>
    [`slot:${application}/live`, ...sharedResources]
      .flatMap((resource) => slotStepNames.map((step) => `${step} of ${id} in ${resource}`))
      .filter((wanted) => !left.has(wanted))
      .map((wanted) => `${wanted} was never seen`),
  );
}

async function brokenChains(store: PostgresStore): Promise<readonly string[]> {
  const findings: string[] = [];
  for await (const { promotionId, events } of store.chains()) {
    findings.push(...verifyChain(promotionId, events).map(({ problem }) => `${promotionId}: ${problem}`));
  }
  return findings;
}

async function statesOf(url: string): Promise<ReadonlyMap<string, number>> {
  const rows = await query<{ state: string; count: string }>(
    url,
    'select state, count(*) from promotion group by state',
  );
  return new Map(rows.map(({ state, count }) => [state, Number(count)]));
}

async function leftovers(url: string): Promise<readonly string[]> {
  const rows = await query<{ what: string }>(
    url,
    `select resource || ' is still locked' as what from resource_lock
     union all select promotion_id || ' is still to be dispatched' from dispatch
     union all select id || ' is still leased' from promotion where lease_owner is not null`,
  );
  return rows.map(({ what }) => what);
}

async function query<Row extends object>(url: string, text: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}
