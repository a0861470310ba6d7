import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { verifyChain } from '../../engine/audit/hash-chain.ts';
import { changePromotion } from '../../engine/service/service-context.ts';
import { NewerEngineError } from '../../engine/service/service-errors.ts';
import { cancelPromotion } from '../../engine/service/turn-round.ts';
import { connectStore } from '../../engine/store/postgres/connect.ts';
import { SchemaTooNewError } from '../../engine/store/postgres/migrate-schema.ts';
import { sampleDefinition } from '../engine/workflow/sample-promotion.ts';
import { operator, Workshop } from '../engine/workflow/worker-fixture.ts';
import { startScratchPostgres, type ScratchPostgres } from '../support/scratch-postgres.ts';
import { schemaOf, stateVersions, stepsOf, type EngineVersion } from './upgrade-engines.ts';

jest.setTimeout(120_000);

describe('an engine that is replaced by its next version in the middle of a promotion', () => {
  let postgres: ScratchPostgres;
  let url: string;
  let folder: string;
  let witness: string;
  let workshop: Workshop;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    postgres = await startScratchPostgres();
  });

  afterAll(async () => {
    await postgres.stop();
  });

  beforeEach(async () => {
    url = await postgres.createDatabase();
    folder = await mkdtemp(join(tmpdir(), 'promotion-upgrade-'));
    witness = join(folder, 'witness');
    workshop = await Workshop.open(url, stepsOf('N', witness));
  });

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await workshop.close();
    await rm(folder, { recursive: true, force: true });
  });

  function startWorker(
    version: EngineVersion,
    lingerSeconds = 5,
    errors: 'inherit' | 'pipe' = 'inherit',
  ): ChildProcess {
    const child = spawn(
      process.execPath,
      ['__tests__/local/upgrade-worker.ts', version, witness, String(lingerSeconds)],
      { env: { ...process.env, DATABASE_URL: url }, stdio: ['ignore', 'ignore', errors] },
    );
    children.push(child);
    return child;
  }

  async function witnessed(): Promise<readonly string[]> {
    const content = await readFile(witness, 'utf8').catch(() => '');
    return content.split('\n').filter((line) => line !== '');
  }

  async function countOf(line: string): Promise<number> {
    return (await witnessed()).filter((each) => each === line).length;
  }

  async function untilWitnessed(line: string, times = 1): Promise<void> {
    const deadline = Date.now() + 60_000;
    while ((await countOf(line)) < times) {
      if (Date.now() > deadline) throw new Error(`${line} was not witnessed: ${(await witnessed()).join(', ')}`);
      await pause(50);
    }
  }

  /** Asked for at an engine of N+1: its steps, the new one last, and its state version. */
  function requestAtNext(toEnvironment: string): Promise<string> {
    const { steps } = sampleDefinition(stepsOf('N+1', witness));
    return workshop.request({ toEnvironment, stateVersion: stateVersions['N+1'] }, { steps });
  }

  /** Brings the database to the schema of N+1, as its first process does. */
  async function migrateToNext(): Promise<void> {
    const next = await connectStore({ url, migrations: await schemaOf('N+1') });
    await next.close();
  }

  async function query<Row extends object>(sql: string, values: readonly unknown[]): Promise<readonly Row[]> {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  async function expectWholeChain(id: string): Promise<void> {
    const [events, { eventSeq, headHash }] = await Promise.all([workshop.store.events(id), workshop.load(id)]);
    expect(verifyChain(id, events)).toEqual([]);
    expect({ eventSeq, headHash }).toEqual({ eventSeq: events.at(-1)?.seq, headHash: events.at(-1)?.hash });
  }

  /** A promotion that N has begun and left in the middle of a step, because it was killed there. */
  async function begunByN(): Promise<string> {
    const id = await workshop.request();
    const worker = startWorker('N');
    await untilWitnessed('begun by N');
    worker.kill('SIGKILL');
    await once(worker, 'exit');
    return id;
  }

  async function finishWithNext(): Promise<number | null> {
    const worker = startWorker('N+1');
    const [exitCode] = (await once(worker, 'exit')) as [number | null];
    return exitCode;
  }

  it('has it finished by the next version, each effect once, by the steps that it began with', async () => {
    const id = await begunByN();
    expect(await finishWithNext()).toBe(0);
    const promotion = await workshop.load(id);
    expect(promotion).toMatchObject({ state: 'COMPLETED_SUCCESSFULLY', stateVersion: stateVersions['N+1'] });
    expect(await witnessed()).toEqual(['prepare', 'part 1', 'begun by N', 'part 2', 'finish']);
    expect(promotion.steps.map(({ name, version }) => [name, version])).toEqual([
      ['prepare', 1],
      ['copy', 1],
      ['finish', 1],
    ]);
    expect(await query('select carrier from promotion where id = $1', [id])).toEqual([{ carrier: 'ordinary' }]);
    await expectWholeChain(id);
  });

  it('refuses the old version what the new one wrote: database, claims and commands', async () => {
    const id = await begunByN();
    await finishWithNext();
    await expect(connectStore({ url, migrations: await schemaOf('N') })).rejects.toThrow(SchemaTooNewError);
    await expect(connectStore({ url, migrations: await schemaOf('N') })).rejects.toThrow(/Install that version/);
    const claim = { owner: 'N', limit: 10, leaseSeconds: 1, promotionId: undefined, now: undefined };
    await query('insert into dispatch (promotion_id, due_at) values ($1, now())', [id]);
    expect(await workshop.store.claim({ ...claim, stateVersion: 1 })).toEqual([]);
    expect(await workshop.store.takeDispatch(10, 60, 1)).toEqual([]);
    const before = await workshop.load(id);
    await expect(changePromotion(workshop.context, id, () => undefined)).rejects.toThrow(NewerEngineError);
    await expect(cancelPromotion(workshop.context, operator, id, 'no')).rejects.toThrow(NewerEngineError);
    expect(await workshop.load(id)).toEqual(before);
    expect(await workshop.store.claim({ ...claim, stateVersion: 2 })).toHaveLength(1);
  });

  it('ends a process of the old version that is started again, with words about what to do', async () => {
    await migrateToNext();
    const worker = startWorker('N', 5, 'pipe');
    const [said, [exitCode]] = await Promise.all([
      text(worker.stderr ?? Readable.from([])),
      once(worker, 'exit') as Promise<[number | null]>,
    ]);
    expect(exitCode).toBe(1);
    expect(said).toContain('Install that version');
  });

  it('leaves to the next version what was asked for there, which runs the step that is new, too', async () => {
    await migrateToNext();
    const id = await requestAtNext('staging');
    await workshop.work();
    expect(await witnessed()).toEqual([]);
    expect(await workshop.load(id)).toMatchObject({ state: 'INITIALIZING', eventSeq: 1 });
    expect(await finishWithNext()).toBe(0);
    expect(await witnessed()).toEqual(['prepare', 'part 1', 'part 2', 'finish', 'sweep']);
    expect((await workshop.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('lets a worker of the old version that is still alive go on while the new one migrates', async () => {
    const id = await workshop.request();
    const old = startWorker('N', 30);
    await untilWitnessed('begun by N');
    await migrateToNext();
    const other = await workshop.request({ toEnvironment: 'qa' });
    const newer = await requestAtNext('uat');
    // The old one runs it up to the middle of its second part: it claims and writes in the migrated database.
    await untilWitnessed('begun by N', 2);
    expect(await workshop.load(other)).toMatchObject({ state: 'PROMOTION_RUNNING', stateVersion: 1 });
    expect((await workshop.load(id)).steps.find(({ name }) => name === 'copy')?.status).toBe('running');
    expect(await workshop.load(newer)).toMatchObject({ state: 'INITIALIZING', eventSeq: 1 });
    expect(old.exitCode).toBeNull();
    old.kill('SIGKILL');
    await once(old, 'exit');

    expect(await finishWithNext()).toBe(0);
    for (const each of [id, other, newer]) {
      expect((await workshop.load(each)).state).toBe('COMPLETED_SUCCESSFULLY');
      await expectWholeChain(each);
    }
    const counts = await Promise.all(['prepare', 'part 1', 'part 2', 'finish', 'sweep'].map(countOf));
    expect(counts).toEqual([3, 3, 3, 3, 1]);
  });

  it('migrates once, and makes each effect once, when two processes of the new version start together', async () => {
    const id = await begunByN();
    const workers = [startWorker('N+1'), startWorker('N+1')];
    const exits = (await Promise.all(workers.map((worker) => once(worker, 'exit')))) as [number | null][];
    expect(exits.map(([exitCode]) => exitCode)).toEqual([0, 0]);
    const [carriers, ...more] = await query<{ version: number }>(
      'select version from schema_migration where name = $1',
      ['carriers'],
    );
    expect(carriers?.version).toBe((await schemaOf('N+1')).length);
    expect(more).toEqual([]);
    expect((await workshop.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await witnessed()).toEqual(['prepare', 'part 1', 'begun by N', 'part 2', 'finish']);
  });
});
