import { instantText } from '../../engine/schedule/instant-text.ts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { verifyChain } from '../../engine/audit/hash-chain.ts';
import { engineActor } from '../../engine/workflow/actor.ts';
import { engineStateVersion } from '../../engine/workflow/state-version.ts';
import type { FunctionProcess } from '../support/database-function-process.ts';
import { DatabaseFunctionBench } from '../support/database-function-process.ts';
import { sampleMigration } from '../support/sample-migration.ts';
import {
  ContractShop,
  dropNotes,
  notes,
  person,
  remarks,
  undoWindowSeconds,
  type CommitFault,
} from './contract-shop.ts';

jest.setTimeout(300_000);

let functions: DatabaseFunctionBench;
let running: FunctionProcess;
let shop: ContractShop;

beforeAll(async () => {
  functions = await DatabaseFunctionBench.start();
  running = await functions.startFunction();
});
afterAll(async () => {
  await functions.stop();
});
beforeEach(async () => {
  shop = await ContractShop.open(functions, running.api);
});
afterEach(async () => {
  await shop.close();
});

const whole = ['id', 'note', 'remark'];
const contracted = ['id', 'remark'];

/** The only contract run there is. */
async function contract() {
  const [only, ...more] = await shop.contracts();
  if (only === undefined || more.length > 0) throw new Error(`there are ${String(more.length + 1)} contract runs`);
  return only;
}

async function states(): Promise<readonly string[]> {
  return (await shop.contracts()).map(({ state }) => state);
}

async function expectWholeChains(): Promise<void> {
  for await (const { promotionId, events } of shop.store.chains()) {
    if (promotionId.startsWith('pr-')) expect(verifyChain(promotionId, events)).toEqual([]);
  }
}

describe('a promotion whose release has a contract migration', () => {
  it('leaves it waiting, without the slot, for as long as the environment can be undone', async () => {
    const id = await shop.promote();
    const verifiedAt = (await shop.staging()).verifiedAt;
    const until = new Date((verifiedAt?.getTime() ?? 0) + undoWindowSeconds * 1000);
    expect((await shop.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await contract()).toMatchObject({
      kind: 'contract',
      contractOf: id,
      state: 'INITIALIZING',
      holdsSlot: false,
      requestedBy: engineActor,
      parked: { reason: 'undo-window', until },
    });
    expect(await shop.staging()).toMatchObject({ promotionId: id, undoWindowUntil: until, slotHeldBy: undefined });
    expect(await shop.columns()).toEqual(whole);
    const { id: contractId } = await contract();
    expect((await shop.store.events(id)).find(({ type }) => type === 'follow-up')?.data).toEqual({
      promotion: contractId,
      kind: 'contract',
      migrations: [3],
      until: until.toISOString(),
    });
    expect((await shop.store.takeOutbox(50, 60)).map(({ type }) => type)).toContain('contract.scheduled');
    await expectWholeChains();
  });

  it('is told of it before: when it runs, and that all can be taken back until then', async () => {
    const id = await shop.promote();
    const { plan } = await shop.service.view(person, id);
    expect(plan?.body).toMatchObject({
      database: {
        migrations: [{ version: 2 }],
        waiting: [{ version: 3, name: 'drop_notes', kind: 'contract' }],
        undoWindowSeconds,
      },
      irreversible: [
        '24 h after the verification migration 3 (drop_notes) removes what older releases need; until then everything is taken back without loss',
      ],
    });
  });

  it('runs it by itself when the undo window is over, not a moment before, and keeps every row', async () => {
    const id = await shop.promote();
    await shop.database.query(`insert into entry (id, note, remark) values (1, 'old', 'kept')`);
    const before = await shop.staging();
    const left = (before.undoWindowUntil?.getTime() ?? 0) - shop.bench.clock.now().getTime();
    await shop.pass(left / 1000 - 61);
    expect([await states(), await shop.columns()]).toEqual([['INITIALIZING'], whole]);
    await shop.pass(61);
    const ran = await contract();
    expect(ran).toMatchObject({ state: 'COMPLETED_SUCCESSFULLY', holdsSlot: false, failure: undefined });
    expect(await shop.columns()).toEqual(contracted);
    expect((await shop.database.query('select * from entry')).rows).toEqual([{ id: 1, remark: 'kept' }]);
    // What runs, since when it is verified and what a rollback would take back stay what they were.
    expect(await shop.staging()).toEqual({ ...before, undoWindowUntil: undefined });
    expect((await shop.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(ran.steps.map(({ name, status }) => [name, status])).toEqual([
      ['await-undo-window', 'done'],
      ['await-window', 'done'],
      ['confirm-window', 'done'],
      ['validate-contract', 'done'],
      ['back-up', 'done'],
      ['contract-database', 'done'],
      ['verify-contract', 'done'],
      ['report', 'done'],
      ['notify', 'done'],
    ]);
    const types = (await shop.store.takeOutbox(50, 60)).map(({ type }) => type);
    expect(types).toContain('contract.finished');
    await expectWholeChains();
    await shop.pass(undoWindowSeconds);
    expect(await states()).toEqual(['COMPLETED_SUCCESSFULLY']);
  });

  it('is refused by engines that do not know such runs', async () => {
    await shop.promote();
    const { id } = await contract();
    const claim = { owner: 'old', limit: 10, leaseSeconds: 60, promotionId: id, now: new Date('2030-01-01') };
    expect(await shop.store.claim({ ...claim, stateVersion: engineStateVersion - 1 })).toEqual([]);
    expect(await shop.store.claim({ ...claim, stateVersion: engineStateVersion })).toHaveLength(1);
  });
});

describe('going back', () => {
  it('loses nothing within the undo window, and the migration never runs then', async () => {
    const id = await shop.promote();
    await shop.database.query(`insert into entry (id, note, remark) values (1, 'old', 'new'), (2, null, 'only new')`);
    await shop.pass(undoWindowSeconds / 2);
    const rollback = await shop.rollBack(id);
    expect(rollback.state).toBe('ROLLED_BACK');
    expect(await states()).toEqual(['CANCELLED']);
    const reason = (await shop.store.events((await contract()).id)).find(({ type }) => type === 'rollback-requested');
    expect(reason?.data).toMatchObject({ trigger: 'cancel', reason: `${id} is taken back` });
    expect(await shop.staging()).toMatchObject({ release: { name: 'v1' }, undoWindowUntil: undefined });
    await shop.pass(3 * undoWindowSeconds);
    expect(await states()).toEqual(['CANCELLED']);
    expect(await shop.columns()).toEqual(whole);
    expect((await shop.database.query('select id, note from entry order by id')).rows).toEqual([
      { id: 1, note: 'old' },
      { id: 2, note: null },
    ]);
  });

  it('is refused once what the old release needs is gone, and says what is', async () => {
    const id = await shop.promote();
    await shop.pass(undoWindowSeconds);
    await expect(shop.rollBack(id)).rejects.toThrow(
      'the undo window is over, and contract migration 3 (drop_notes) has removed what v1 needs in staging: undoing that loses values. Promote a release that mends it, or promote rollback with --accept-loss.',
    );
    expect(await shop.staging()).toMatchObject({ release: { name: 'v2' }, slotHeldBy: undefined });
  });

  it('puts back first what the old release needs, when a person accepts the loss', async () => {
    const id = await shop.promote();
    await shop.database.query(`insert into entry (id, note, remark) values (1, 'old', 'new')`);
    await shop.pass(undoWindowSeconds);
    const rollback = await shop.rollBack(id, true);
    expect(rollback.state).toBe('ROLLED_BACK');
    const undone = (await shop.store.events(rollback.id))
      .filter(({ type }) => type === 'compensation-finished')
      .map(({ data }) => data['step']);
    expect(undone.slice(0, 2)).toEqual(['contract-database', 'deploy']);
    expect((await shop.columns()).toSorted()).toEqual(['id', 'note', 'remark']);
    expect((await shop.database.query('select id, note from entry')).rows).toEqual([{ id: 1, note: null }]);
    expect(await shop.staging()).toMatchObject({ release: { name: 'v1' } });
  });

  it('never takes back a contract run by itself', async () => {
    await shop.promote();
    await shop.pass(undoWindowSeconds);
    const { id, contractOf } = await contract();
    await expect(shop.rollBack(id)).rejects.toThrow(`only ran contract migrations; roll back ${contractOf ?? ''}`);
  });

  it('waits for a contract run that is in the middle of it, which nothing turns round', async () => {
    const id = await shop.promote();
    shop.fault = (record) =>
      record.steps.some(({ name, status }) => name === 'contract-database' && status === 'running')
        ? 'die-after'
        : undefined;
    shop.bench.clock.advance(undoWindowSeconds);
    await runOnce();
    const { id: contractId, state } = await contract();
    expect(state).toBe('PROMOTION_RUNNING');
    await expect(shop.service.rollBack(person, { promotionId: id, reason: 'x' })).rejects.toThrow(
      /the undo window is over|right now/,
    );
    await expect(shop.service.cancel(person, contractId, 'x')).rejects.toThrow('which nothing takes back; wait for it');
    shop.fault = () => undefined;
    await shop.settle();
    expect([await states(), await shop.columns()]).toEqual([['COMPLETED_SUCCESSFULLY'], contracted]);
  });

  it('leaves the old release what it needs, or what runs without it, however the two meet', async () => {
    for (let round = 0; round < 2; round += 1) {
      const each = await ContractShop.open(functions, running.api);
      const id = await each.promote();
      each.bench.clock.advance(undoWindowSeconds);
      const asking = each.service
        .rollBack(person, { promotionId: id, reason: 'slow' })
        .catch((error: unknown) => error);
      await each.settle();
      await asking;
      await each.settle();
      const [run] = await each.contracts();
      const { release } = await each.staging();
      const columns = await each.columns();
      await each.close();
      if (release?.name === 'v1') expect([columns, run?.state]).toEqual([whole, 'CANCELLED']);
      else expect([release?.name, columns, run?.state]).toEqual(['v2', contracted, 'COMPLETED_SUCCESSFULLY']);
    }
  });
});

/** One run of what is due, without going on after it has died. */
async function runOnce(): Promise<void> {
  const fault = shop.fault;
  let hasDied = false;
  shop.fault = (record) => {
    if (hasDied) return 'die-before';
    const answer = fault(record);
    if (answer !== undefined) hasDied = true;
    return answer;
  };
  await shop.settle().catch(() => undefined);
}

describe('a contract run whose environment is closed', () => {
  const place = { application: 'shop', environment: 'staging' };
  const isWaiting = async (detail: string) => {
    expect(await contract()).toMatchObject({
      state: 'APPROVAL_GRANTED',
      holdsSlot: false,
      parked: { reason: 'window', detail },
    });
    expect(await shop.columns()).toEqual(whole);
  };

  it('waits while it is held, can be taken back without loss meanwhile, and goes on when it is released', async () => {
    await shop.promote();
    await shop.service.hold(person, { ...place, reason: 'an incident' });
    await shop.pass(undoWindowSeconds);
    await isWaiting('staging is held (an incident)');
    await shop.pass(3 * undoWindowSeconds);
    await isWaiting('staging is held (an incident)');
    await shop.service.unhold(person, place);
    await shop.settle();
    expect([await states(), await shop.columns()]).toEqual([['COMPLETED_SUCCESSFULLY'], contracted]);
  });

  it('waits for the end of a freeze, until when the environment can be undone, and a rollback loses nothing', async () => {
    const id = await shop.promote();
    const to = new Date(shop.bench.clock.now().getTime() + 2 * undoWindowSeconds * 1000);
    await shop.service.declareFreeze(person, { name: 'year-end', reason: 'nobody is there', to });
    await shop.pass(undoWindowSeconds);
    await isWaiting(
      `staging is frozen until ${instantText(to)} by year-end, which somebody declared (nobody is there)`,
    );
    expect((await shop.staging()).undoWindowUntil).toEqual(to);
    expect((await shop.rollBack(id)).state).toBe('ROLLED_BACK');
    expect([await states(), await shop.columns()]).toEqual([['CANCELLED'], whole]);
  });

  it('moves in the windows of its path only', async () => {
    await shop.close();
    shop = await ContractShop.open(functions, running.api, { path: `windows: ${windowsFrom(shop.bench.clock.now())}` });
    await shop.promote();
    await shop.pass(undoWindowSeconds);
    expect(await contract()).toMatchObject({ state: 'APPROVAL_GRANTED', parked: { reason: 'window' } });
    expect(await shop.columns()).toEqual(whole);
    await shop.pass(undoWindowSeconds);
    expect([await states(), await shop.columns()]).toEqual([['COMPLETED_SUCCESSFULLY'], contracted]);
  });

  it('is judged by its environment, also when a hotfix brought what it contracts', async () => {
    await shop.promote();
    const { lane, overrides, definition } = await contract();
    expect([lane, overrides, definition.steps.map(({ name }) => name).slice(1, 3)]).toEqual([
      'normal',
      [],
      ['await-window', 'confirm-window'],
    ]);
  });
});

/** Open for an hour now, and for an hour two undo windows later. */
function windowsFrom(now: Date): string {
  const span = (seconds: number): string => {
    const [from, to] = [seconds, seconds + 3600].map((each) => new Date(now.getTime() + each * 1000).toISOString());
    return `{ kind: once, from: ${String(from)}, to: ${String(to)} }`;
  };
  return `[${span(-60)}, ${span(2 * undoWindowSeconds - 1800)}]`;
}

describe('a release that has no way back from its contract', () => {
  it('is not rolled back after its undo window, whatever is accepted', async () => {
    await shop.close();
    const { down: _, ...final } = dropNotes;
    const migrations = [notes, remarks, { ...sampleMigration(3, final.up, { name: 'drop_notes', kind: 'contract' }) }];
    shop = await ContractShop.open(functions, running.api, { migrations });
    const id = await shop.promote();
    await shop.pass(undoWindowSeconds);
    await expect(shop.rollBack(id, true)).rejects.toThrow('with no way back; promote a release that mends it');
  });

  it('is rolled back without a question when undoing it loses nothing', async () => {
    await shop.close();
    const constraint = sampleMigration(3, 'alter table entry add constraint short check (length(note) < 99)', {
      name: 'short_notes',
      kind: 'contract',
      down: 'alter table entry drop constraint short',
    });
    const migrations = [notes, remarks, { ...constraint, downLosesData: false }];
    shop = await ContractShop.open(functions, running.api, { migrations });
    const id = await shop.promote();
    await shop.pass(undoWindowSeconds);
    expect(await states()).toEqual(['COMPLETED_SUCCESSFULLY']);
    expect((await shop.rollBack(id)).state).toBe('ROLLED_BACK');
    await shop.database.query(`insert into entry (id, note) values (1, repeat('x', 200))`);
  });
});

describe('another promotion into the same environment', () => {
  it('takes over what waited, with an undo window of its own', async () => {
    await shop.promote();
    await shop.buildNext();
    await shop.pass(undoWindowSeconds / 2);
    const next = await shop.promote('v3');
    expect((await shop.contracts()).map(({ state, contractOf }) => [state, contractOf === next])).toEqual([
      ['SUPERSEDED', false],
      ['INITIALIZING', true],
    ]);
    expect(await shop.columns()).toEqual(whole);
    await shop.pass(undoWindowSeconds / 2);
    expect(await shop.columns()).toEqual(whole);
    await shop.pass(undoWindowSeconds / 2);
    expect(await states()).toEqual(['SUPERSEDED', 'COMPLETED_SUCCESSFULLY']);
    expect(await shop.columns()).toEqual([...contracted, 'stars']);
  });

  it('gives it back when it fails, and the window begins anew', async () => {
    const id = await shop.promote();
    await shop.buildNext();
    await shop.pass(undoWindowSeconds - 120);
    shop.bench.health = { isHealthy: false, responseTimeMs: 12 };
    // Well again as soon as what made it unwell is taken back.
    shop.fault = ({ rollback }) => {
      if (rollback !== undefined) shop.bench.health = { isHealthy: true, responseTimeMs: 12 };
      return undefined;
    };
    expect((await shop.load(await shop.promote('v3'))).state).toBe('ROLLED_BACK');
    const { release, promotionId, verifiedAt, undoWindowUntil } = await shop.staging();
    expect([release?.name, promotionId]).toEqual(['v2', id]);
    expect(undoWindowUntil?.getTime()).toBe((verifiedAt?.getTime() ?? 0) + undoWindowSeconds * 1000);
    await shop.pass(undoWindowSeconds / 2);
    expect([await states(), await shop.columns()]).toEqual([['VALIDATING_CONDITIONS'], whole]);
    await shop.pass(undoWindowSeconds / 2);
    expect([await states(), await shop.columns()]).toEqual([['COMPLETED_SUCCESSFULLY'], contracted]);
  });

  it('runs what a person cancelled, once its undo window is over', async () => {
    await shop.promote();
    const { id } = await contract();
    await shop.service.cancel(person, id, 'not this week');
    await shop.settle();
    await shop.pass(2 * undoWindowSeconds);
    expect([await states(), await shop.columns()]).toEqual([['CANCELLED'], whole]);
    await shop.buildNext();
    await shop.promote('v3');
    expect(await shop.columns()).toEqual([...contracted, 'stars']);
  });
});

describe('a contract run', () => {
  it('that does not work out fails, gives its slot up and can be tried again', async () => {
    const id = await shop.promote();
    await shop.database.query('create view old_notes as select note from entry');
    await shop.pass(undoWindowSeconds);
    const failed = await contract();
    expect(failed).toMatchObject({ state: 'FAILED', holdsSlot: false, failure: { step: 'contract-database' } });
    expect(failed.failure?.error.message).toContain('cannot drop column note');
    expect(await shop.columns()).toEqual(whole);
    expect(await shop.staging()).toMatchObject({ promotionId: id, release: { name: 'v2' }, slotHeldBy: undefined });
    await shop.database.query('drop view old_notes');
    await shop.service.retry(person, failed.id);
    await shop.settle();
    expect([await states(), await shop.columns()]).toEqual([['COMPLETED_SUCCESSFULLY'], contracted]);
  });

  it('says so when the release is unwell without what was removed, and takes nothing back', async () => {
    await shop.promote();
    shop.bench.clock.advance(undoWindowSeconds);
    shop.bench.health = { isHealthy: false, responseTimeMs: 12 };
    await shop.settle();
    expect(await contract()).toMatchObject({ state: 'FAILED', failure: { step: 'verify-contract' } });
    expect((await contract()).failure?.error.message).toContain('v2 is not healthy in staging since its contract');
    expect(await shop.staging()).toMatchObject({ release: { name: 'v2' } });
    expect(await shop.columns()).toEqual(contracted);
  });

  it('leaves a release alone that was marked bad meanwhile: its way back is kept', async () => {
    await shop.promote();
    await shop.service.judgeRelease(person, {
      application: 'shop',
      name: 'v2',
      judgement: 'bad',
      reason: 'loses orders',
    });
    await shop.pass(undoWindowSeconds);
    expect([await states(), await shop.columns()]).toEqual([['SUPERSEDED'], whole]);
  });

  it.each<CommitFault>(['die-before', 'die-after'])(
    'that is killed at any commit (%s) is finished by the next, and changes everything once',
    async (how) => {
      await shop.promote();
      shop.bench.clock.advance(undoWindowSeconds);
      const deaths = new Set<string>();
      // Once wherever it comes to.
      shop.fault = (record) => {
        const place = [record.state, ...record.steps.map(({ status }) => status)].join(' ');
        if (deaths.has(place)) return undefined;
        deaths.add(place);
        return how;
      };
      await shop.settle();
      expect(deaths.size).toBeGreaterThan(7);
      expect([await states(), await shop.columns()]).toEqual([['COMPLETED_SUCCESSFULLY'], contracted]);
      const types = (await shop.store.events((await contract()).id)).map(({ type }) => type);
      expect(types.filter((type) => type === 'slot-taken')).toHaveLength(1);
      await expectWholeChains();
    },
  );
});
