import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { changePromotion } from '../../engine/service/service-context.ts';
import { NewerEngineError } from '../../engine/service/service-errors.ts';
import { connectStore } from '../../engine/store/postgres/connect.ts';
import { SchemaTooNewError } from '../../engine/store/postgres/migrate-schema.ts';
import { Workshop } from '../engine/workflow/worker-fixture.ts';
import { startScratchPostgres, type ScratchPostgres } from '../support/scratch-postgres.ts';
import { schemaOf, stepsOf, type EngineVersion } from './upgrade-engines.ts';

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

  function startWorker(version: EngineVersion, lingerSeconds = 3): ChildProcess {
    const child = spawn(
      process.execPath,
      ['__tests__/local/upgrade-worker.ts', version, witness, String(lingerSeconds)],
      { env: { ...process.env, DATABASE_URL: url }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    children.push(child);
    return child;
  }

  async function witnessed(): Promise<readonly string[]> {
    const text = await readFile(witness, 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
  }

  async function untilWitnessed(line: string): Promise<void> {
    while (!(await witnessed()).includes(line)) await pause(50);
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
    expect(promotion.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await witnessed()).toEqual(['prepare', 'part 1', 'begun by N', 'part 2', 'finish']);
    expect(promotion.steps.map(({ name, version }) => [name, version])).toEqual([
      ['prepare', 1],
      ['copy', 1],
      ['finish', 1],
    ]);
  });

  it('refuses the old version what the new one wrote: database, claims and commands', async () => {
    const id = await begunByN();
    await finishWithNext();
    await expect(connectStore({ url, migrations: await schemaOf('N') })).rejects.toThrow(SchemaTooNewError);
    await expect(connectStore({ url, migrations: await schemaOf('N') })).rejects.toThrow(/Install that version/);
    const claim = { owner: 'N', limit: 10, leaseSeconds: 1, promotionId: undefined, now: undefined };
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query('insert into dispatch (promotion_id, due_at) values ($1, now())', [id]);
    await client.end();
    expect(await workshop.store.claim({ ...claim, stateVersion: 1 })).toEqual([]);
    await expect(changePromotion(workshop.context, id, () => undefined)).rejects.toThrow(NewerEngineError);
    expect(await workshop.store.claim({ ...claim, stateVersion: 2 })).toHaveLength(1);
  });

  it('lets a worker of the old version that is still alive go on while the new one migrates', async () => {
    const id = await workshop.request();
    const old = startWorker('N', 30);
    await untilWitnessed('begun by N');
    const next = await connectStore({ url, migrations: await schemaOf('N+1') });
    await next.close();
    const other = await workshop.request({ toEnvironment: 'qa' });
    await pause(500);
    expect(old.exitCode).toBeNull();
    expect((await workshop.load(id)).steps.find(({ name }) => name === 'copy')?.status).toBe('running');
    old.kill('SIGKILL');
    await once(old, 'exit');
    expect(await finishWithNext()).toBe(0);
    for (const each of [id, other]) expect((await workshop.load(each)).state).toBe('COMPLETED_SUCCESSFULLY');
    const lines = await witnessed();
    expect(lines.filter((line) => line === 'part 2')).toHaveLength(2);
    expect(lines.filter((line) => line === 'finish')).toHaveLength(2);
  });

  it('migrates once when several processes of the new version start together', async () => {
    const migrations = await schemaOf('N+1');
    const connections = await Promise.all(Array.from({ length: 4 }, () => connectStore({ url, migrations })));
    await Promise.all(connections.map((connection) => connection.close()));
    const client = new Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ n: string }>('select count(*) as n from schema_migration where name = $1', [
      'lanes',
    ]);
    await client.end();
    expect(rows).toEqual([{ n: '1' }]);
  });
});
