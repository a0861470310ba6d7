import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it, jest } from '@jest/globals';
import { LocalAudit } from '../../cli/compose/local-audit.ts';
import { LocalFolders } from '../../cli/compose/local-folders.ts';
import { administrationChain } from '../../engine/store/administration-store.ts';
import { engineActor } from '../../engine/workflow/actor.ts';
import { SystemClock } from '../../engine/workflow/clock.ts';
import { sampleStep } from '../engine/workflow/sample-promotion.ts';
import { Workshop } from '../engine/workflow/worker-fixture.ts';
import { startScratchPostgres, type ScratchPostgres } from '../support/scratch-postgres.ts';
import { TamperingSuperuser } from './tampered-audit.ts';

jest.setTimeout(120_000);

const steps = [sampleStep({ name: 'move', phase: 'move' }), sampleStep({ name: 'report', phase: 'report' })];

describe('an audit trail that a database superuser has rewritten', () => {
  let postgres: ScratchPostgres;
  let url: string;
  let home: string;
  let workshop: Workshop;
  let superuser: TamperingSuperuser;
  let promotions: readonly [string, string];

  beforeAll(async () => {
    postgres = await startScratchPostgres();
  });

  afterAll(async () => {
    await postgres.stop();
  });

  beforeEach(async () => {
    url = await postgres.createDatabase();
    home = await mkdtemp(join(tmpdir(), 'promotion-audit-'));
    workshop = await Workshop.open(url, steps);
    promotions = [await workshop.request(), await workshop.request()];
    await workshop.work();
    expect(workshop.errors).toEqual([]);
    await new LocalAudit(new LocalFolders(home), workshop.store, new SystemClock()).sign();
    superuser = new TamperingSuperuser(url);
    await superuser.connect();
  });

  afterEach(async () => {
    await superuser.end();
    await workshop.close();
    await rm(home, { recursive: true, force: true });
  });

  async function findings(): Promise<readonly { readonly promotionId: string; readonly problem: string }[]> {
    const audit = new LocalAudit(new LocalFolders(home), workshop.store, new SystemClock());
    return (await audit.verify(workshop.store.chains())).findings;
  }

  it('verifies while nobody has touched it', async () => {
    expect(await findings()).toEqual([]);
  });

  it('names the promotion whose last three entries were deleted and whose chain was computed anew', async () => {
    const [victim] = promotions;
    const count = await superuser.count(victim);
    await superuser.query('delete from event where promotion_id = $1 and seq > $2', [victim, count - 3]);
    await superuser.recompute(victim);
    const found = await findings();
    expect(new Set(found.map(({ promotionId }) => promotionId))).toEqual(new Set([victim]));
    expect(found.map(({ problem }) => problem).join('\n')).toContain(
      `entries ${String(count - 2)} to ${String(count)}`,
    );
  });

  it('goes on naming it after the cut chain was signed as if it were whole', async () => {
    const [victim] = promotions;
    await superuser.query('delete from event where promotion_id = $1 and seq > 3', [victim]);
    await superuser.recompute(victim);
    await superuser.query('delete from audit_head');
    await new LocalAudit(new LocalFolders(home), workshop.store, new SystemClock()).sign();
    expect((await findings()).map(({ promotionId }) => promotionId)).toContain(victim);
  });

  it('names an entry that was edited, whether or not the chain was computed anew', async () => {
    const [first, second] = promotions;
    for (const [victim, recompute] of [
      [first, false],
      [second, true],
    ] as const) {
      await superuser.query(`update event set data = '{"step":"never"}' where promotion_id = $1 and seq = 4`, [victim]);
      if (recompute) await superuser.recompute(victim);
      expect((await findings()).map(({ promotionId }) => promotionId)).toContain(victim);
    }
  });

  it('names an entry whose time was moved by less than its hash covers, in every chain', async () => {
    const [victim] = promotions;
    await workshop.store.bindRole(
      { subject: 'ben', role: 'approver', application: '*', environment: '*' },
      { type: 'role-bound', actor: engineActor, at: new Date(), data: {} },
    );
    const shift = `set at = at + interval '1 microsecond'`;
    await superuser.query(`update event ${shift} where promotion_id = $1 and seq = 3`, [victim]);
    await superuser.query(`update administration_event ${shift} where seq = 1`);
    const problem = (seq: number) =>
      `entry ${String(seq)} was edited: its time is stored finer than a millisecond, which its hash does not cover`;
    expect(await findings()).toEqual(
      expect.arrayContaining([
        { promotionId: victim, seq: 3, problem: problem(3) },
        { promotionId: administrationChain, seq: 1, problem: problem(1) },
      ]),
    );
  });

  it('names a promotion whose entries were put in another order', async () => {
    const [victim] = promotions;
    await superuser.query(
      'update event set seq = case seq when 3 then -4 else -3 end where promotion_id = $1 and seq in (3, 4)',
      [victim],
    );
    await superuser.query('update event set seq = -seq where promotion_id = $1 and seq < 0', [victim]);
    await superuser.recompute(victim);
    expect((await findings()).map(({ promotionId }) => promotionId)).toEqual([victim]);
  });

  it('names a promotion that was removed without a trace', async () => {
    const [victim] = promotions;
    const tables = ['event', 'step', 'step_log', 'outbox', 'dispatch', 'audit_head', 'resource_lock', 'vote', 'report'];
    for (const table of tables) {
      await superuser.query(`delete from ${table} where promotion_id = $1`, [victim]);
    }
    await superuser.query('delete from promotion where id = $1', [victim]);
    expect((await findings()).map(({ promotionId }) => promotionId)).toEqual([victim]);
  });

  it('names every promotion whose signed heads were removed', async () => {
    await rm(new LocalFolders(home).auditHeads, { recursive: true });
    expect(new Set((await findings()).map(({ promotionId }) => promotionId))).toEqual(new Set(promotions));
  });

  it('refuses to verify, or to sign, with another key in the place of a lost one', async () => {
    const folders = new LocalFolders(home);
    await rm(folders.auditKey);
    await expect(findings()).rejects.toThrow(/is missing/);
    await superuser.query('delete from audit_head');
    await expect(new LocalAudit(folders, workshop.store, new SystemClock()).sign()).rejects.toThrow(/is missing/);
  });

  it('is refused by the command with exit code 1 and the promotion’s name', async () => {
    const [victim] = promotions;
    expect(await auditVerify()).toMatchObject({ exitCode: 0 });
    await superuser.query('delete from event where promotion_id = $1 and seq > 3', [victim]);
    await superuser.recompute(victim);
    const { exitCode, output } = await auditVerify();
    expect({ exitCode, output }).toEqual({ exitCode: 1, output: expect.stringContaining(victim) });
  });

  function auditVerify(): Promise<{ readonly exitCode: number | null; readonly output: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, ['cli/main.ts', 'audit', 'verify'], {
        env: { ...process.env, DATABASE_URL: url, PROMOTION_HOME: home, NO_COLOR: '1' },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk: Buffer) => {
          output += chunk.toString('utf8');
        });
      }
      child.once('error', reject);
      child.once('close', (exitCode) => {
        resolve({ exitCode, output });
      });
    });
  }
});
