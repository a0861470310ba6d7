import { jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { AuditKeeper } from '../../../engine/audit/audit-keeper.ts';
import { signCheckpoint } from '../../../engine/audit/checkpoint.ts';
import { signHead } from '../../../engine/audit/signed-heads.ts';
import { verifyAudit, type AuditReport } from '../../../engine/audit/verify-audit.ts';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import { ReportWriter } from '../../../engine/reports/report-writer.ts';
import { prune, pruneByRules, type Pruned, type PruneRequest } from '../../../engine/service/prune.ts';
import { RefusedError } from '../../../engine/service/service-errors.ts';
import { FolderDocumentStore } from '../../../engine/storage/folder-document-store.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import type { Draft } from '../../../engine/workflow/draft.ts';
import { slotResources } from '../../../engine/workflow/run-promotion.ts';
import { newKey, stored } from '../audit/sample-keys.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { unreachablePorts } from '../../support/unreachable-ports.ts';
import { admin, operator, promoter, rulesOf, rulesText, ServiceDesk } from './service-fixture.ts';

jest.setTimeout(120_000);

const key = newKey();
const year = 365 * 86_400;

let server: ScratchPostgres;
let desk: ServiceDesk;
let url: string;
let folder: string;
let documents: FolderDocumentStore;
let heads: unknown[];
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  url = await server.createStoreDatabase();
  folder = await mkdtemp(join(tmpdir(), 'prune-'));
  documents = new FolderDocumentStore(folder);
  heads = [];
  desk = await ServiceDesk.open(url, rulesText(), { ...unreachablePorts, documents });
});
afterEach(async () => {
  await desk.close();
  await rm(folder, { recursive: true, force: true });
});

/** Signs as an installation does, and remembers what it signed. */
function keeper(more: Partial<AuditKeeper> = {}): AuditKeeper {
  return {
    async sign() {
      const entries = await desk.store.unsignedHeads(500);
      heads.push(signHead({ at: desk.clock.now(), entries }, key));
      await desk.store.markSigned(entries, desk.clock.now());
    },
    async checkpoint(checkpoint) {
      heads.push(signCheckpoint({ ...checkpoint, at: desk.clock.now() }, key));
    },
    ...more,
  };
}
const pruning = (more: Partial<PruneRequest> = {}, by = keeper(), actor = admin): Promise<Pruned> =>
  prune(desk.context, actor, { chainsOlderThanDays: 365, isDryRun: false, ...more }, by);
const gone = async (...asked: Parameters<typeof pruning>): Promise<readonly string[]> =>
  (await pruning(...asked)).chains.map(({ promotionId }) => promotionId);
const verify = (): Promise<AuditReport> => verifyAudit(desk.store.chains(), stored(heads), [key]);
const all = async (): Promise<readonly string[]> =>
  (await desk.store.listPromotions({ limit: 100 })).map(({ id }) => id);

function walk(draft: Draft, ...states: readonly Parameters<Draft['moveTo']>[0][]): void {
  for (const state of states) draft.moveTo(state, engineActor);
}
async function cancelled(more: Parameters<ServiceDesk['run']>[0] = {}): Promise<string> {
  const id = await desk.run({ isAgain: true, ...more });
  await desk.change(id, (draft) => {
    walk(draft, 'CANCELLED');
  });
  return id;
}
/** Brings a release to qa, verified. */
async function promoted(release: string): Promise<string> {
  const id = await desk.run({ release, isAgain: true });
  await desk.change(id, (draft) => {
    walk(draft, 'QUEUED');
    draft.acquireSlot(engineActor, slotResources(draft.record));
    walk(draft, 'VALIDATION_RUNNING', 'VALIDATION_PASSED', 'PROMOTION_RUNNING');
    draft.startStep('back-up', engineActor);
    draft.finishStep('back-up', engineActor, 'done', {}, {});
    walk(draft, 'PROMOTION_SUCCEEDED', 'TRIGGERING_DEPLOYMENT');
    draft.startStep('deploy', engineActor);
    const environment = { name: 'qa', releaseId: draft.record.releaseId, isVerified: true };
    draft.finishStep('deploy', engineActor, 'done', {}, { environment });
  });
  desk.clock.advance(60);
  await desk.change(id, (draft) => {
    walk(draft, 'GENERATING_REPORTS', 'NOTIFICATIONS_SENT');
    draft.releaseSlot(engineActor);
    walk(draft, 'COMPLETED_SUCCESSFULLY');
  });
  desk.clock.advance(60);
  return id;
}
async function query(text: string, values: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

describe('what is older than it has to be kept', () => {
  it('is removed as a whole behind a signed checkpoint, and the trail still verifies', async () => {
    const old = await cancelled();
    await keeper().sign();
    desk.clock.advance(year + 1);
    const young = await cancelled();
    const pruned = await pruning();
    expect(pruned).toMatchObject({ chains: [{ promotionId: old, application: 'shop', environment: 'qa' }], kept: 0 });
    expect(await all()).toEqual([young]);
    expect(await desk.store.events(old)).toEqual([]);
    await keeper().sign();
    expect(await verify()).toMatchObject({ findings: [], pruned: 1 });
    expect(await pruning()).toMatchObject({ chains: [], kept: 0 });
  });

  it('leaves nothing of itself in any table', async () => {
    const old = await cancelled();
    await desk.store.appendLogs([{ promotionId: old, step: 'deploy', attempt: 1, at: desk.clock.now(), line: 'x' }]);
    desk.clock.advance(year + 1);
    await gone();
    const tables = await query(
      `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'promotion_id'`,
    );
    for (const { table_name: table } of tables) {
      const rows = await query(`select count(*)::int as count from "${String(table)}" where promotion_id = $1`, [old]);
      expect([table, rows[0]?.['count']]).toEqual([table, 0]);
    }
  });

  it('is written into the trail of administration, with who asked for it', async () => {
    const old = await cancelled();
    desk.clock.advance(year + 1);
    await gone();
    const last = (await desk.store.administrationEvents()).at(-1);
    expect(last).toMatchObject({
      type: 'audit-pruned',
      actor: { id: admin.id },
      data: { promotions: [old], entries: 3 },
    });
  });

  it('takes its reports with it', async () => {
    const old = await cancelled();
    await new ReportWriter(desk.store, documents, 1).sweep(new AbortController().signal);
    const read = () => documents.read(`reports/shop/qa/${old}`, 'report.md', new AbortController().signal);
    expect(await read()).toContain('cancelled');
    desk.clock.advance(year + 1);
    await gone();
    expect(await read()).toBeUndefined();
  });

  it('is shown first, and nothing is removed or signed then', async () => {
    const old = await cancelled();
    await keeper().sign();
    desk.clock.advance(year + 1);
    const unwilling = {
      sign: () => Promise.reject(new Error('no')),
      checkpoint: () => Promise.reject(new Error('no')),
    };
    expect(await gone({ isDryRun: true }, unwilling)).toEqual([old]);
    expect(await all()).toEqual([old]);
  });

  it('goes by itself when the rules say so', async () => {
    const old = await cancelled();
    desk.rules = rulesOf(`${rulesText()}retention: { auditDays: 10, logsDays: 5 }\n`);
    desk.clock.advance(9 * 86_400);
    expect((await pruneByRules(desk.context, keeper())).chains).toEqual([]);
    desk.clock.advance(2 * 86_400);
    expect((await pruneByRules(desk.context, keeper())).chains).toMatchObject([{ promotionId: old }]);
    expect((await desk.store.administrationEvents()).at(-1)).toMatchObject({ actor: { id: engineActor.id } });
  });

  it('is kept for as long as the rules say, whoever asks', async () => {
    await expect(pruning({ chainsOlderThanDays: 364 })).rejects.toThrow('keep the audit trail for 365 days');
    await expect(pruning({ logsOlderThanDays: 29 })).rejects.toThrow('keep logs for 30 days');
    await expect(pruning({ chainsOlderThanDays: 0.5 })).rejects.toThrow(RefusedError);
    await expect(pruning({ chainsOlderThanDays: 1e9 })).rejects.toThrow('is no number of days');
    await expect(pruning({}, keeper(), operator)).rejects.toThrow(NotAuthorizedError);
  });

  it('stays when somebody writes to it while it is removed', async () => {
    const old = await cancelled();
    desk.clock.advance(year + 1);
    let checkpoints = 0;
    const interrupted = keeper({
      async checkpoint() {
        checkpoints += 1;
        await desk.service.note(promoter, old, 'wait');
      },
    });
    expect(await gone({}, interrupted)).toEqual([]);
    expect(checkpoints).toBe(1);
    expect(await all()).toEqual([old]);
  });

  it('goes with the rollback that took it back', async () => {
    const original = await cancelled();
    const rollback = await cancelled();
    await query(`update promotion set kind = 'rollback', rollback_of = $2 where id = $1`, [rollback, original]);
    // What runs there now, and what a rollback would return to, came later.
    for (const release of ['v3', 'v4']) {
      desk.clock.advance(60);
      await desk.release(release);
      await desk.service.adopt(operator, 'shop', 'qa', release);
    }
    await keeper().sign();
    desk.clock.advance(year + 1);
    expect(await gone({ isDryRun: true })).toEqual([rollback, original]);
    expect(await gone()).toEqual([rollback, original]);
  });

  it('leaves a plan to the other promotion that made the same', async () => {
    const plan = { hash: 'same', body: { of: 'both' } };
    const makes = (draft: Draft): void => {
      draft.startStep('initialize', engineActor);
      draft.finishStep('initialize', engineActor, 'done', {}, { plan });
      walk(draft, 'CANCELLED');
    };
    await desk.change(await desk.run(), makes);
    desk.clock.advance(year + 1);
    await desk.change(await desk.run({ isAgain: true }), makes);
    expect(await gone()).toHaveLength(1);
    expect(await desk.store.plan('same')).toEqual(plan);
  });
});

describe('what is as old, and needed', () => {
  async function staysAfterAYear(id: string): Promise<void> {
    await keeper().sign();
    desk.clock.advance(year + 1);
    expect(await gone()).not.toContain(id);
    expect(await all()).toContain(id);
  }

  it('stays while it has not ended, or ended half-way and holds the environment', async () => {
    const halfWay = await desk.run();
    await desk.change(halfWay, (draft) => {
      walk(draft, 'QUEUED');
      draft.acquireSlot(engineActor, slotResources(draft.record));
      walk(draft, 'ROLLING_BACK', 'ROLLBACK_FAILED');
    });
    const waits = await desk.run();
    await staysAfterAYear(waits);
    await staysAfterAYear(halfWay);
    expect((await pruning()).kept).toBe(1);
  });

  it('stays when it brought what runs now, what a rollback returns to, or came since; what came before goes', async () => {
    for (const release of ['v3', 'v4', 'v5']) {
      await desk.release(release);
      await desk.service.adopt(operator, 'shop', 'dev', release);
    }
    const ids = [];
    for (const release of ['v2', 'v3', 'v4', 'v5']) ids.push(await promoted(release));
    const between = await cancelled();
    await keeper().sign();
    desk.clock.advance(year + 1);
    const [first, second, third, fourth] = ids;
    expect((await gone()).toSorted()).toEqual([first, second, between].toSorted());
    expect((await all()).toSorted()).toEqual([third, fourth].toSorted());
    const revisions = await desk.store.history.revisions('shop', 'qa');
    expect(revisions.map(({ release }) => release.name)).toEqual(['v5', 'v4', 'v3', 'v2', 'v1']);
  });

  it('stays when a rollback returned to it', async () => {
    await desk.release('v3');
    await desk.service.adopt(operator, 'shop', 'dev', 'v3');
    const [brought, bad] = [await promoted('v2'), await promoted('v3')];
    const rollback = await desk.run({ isAgain: true });
    await desk.change(rollback, (draft) => {
      walk(draft, 'QUEUED');
      draft.acquireSlot(engineActor, slotResources(draft.record));
      walk(draft, 'VALIDATION_RUNNING', 'VALIDATION_PASSED', 'PROMOTION_RUNNING', 'PROMOTION_SUCCEEDED');
      walk(draft, 'TRIGGERING_DEPLOYMENT');
      const environment = { name: 'qa', releaseId: draft.record.releaseId, isVerified: true, broughtBy: brought };
      draft.startStep('deploy', engineActor);
      draft.finishStep('deploy', engineActor, 'back', {}, { environment });
      walk(draft, 'GENERATING_REPORTS', 'NOTIFICATIONS_SENT');
      draft.releaseSlot(engineActor);
      walk(draft, 'COMPLETED_SUCCESSFULLY');
    });
    await staysAfterAYear(brought);
    expect(await all()).toContain(bad);
  });

  it('stays while something that it left to do is not done', async () => {
    const id = await desk.run();
    await desk.change(id, (draft) => {
      draft.openItem({ id: 'merge', kind: 'merge-back', detail: 'merge it back' }, engineActor);
      walk(draft, 'CANCELLED');
    });
    await staysAfterAYear(id);
    await desk.service.closeItem(operator, 'merge', 'done');
    expect(await gone()).toEqual([id]);
  });

  it('stays while its release, which the engine promoted by itself, still runs where it came from', async () => {
    const id = await cancelled({ idempotencyKey: 'auto:rel:dev:qa' });
    await staysAfterAYear(id);
    await desk.service.adopt(operator, 'shop', 'dev', 'v1');
    expect(await gone()).toEqual([id]);
  });

  it('stays until it is signed to its end', async () => {
    const id = await cancelled();
    desk.clock.advance(year + 1);
    expect(await gone({}, keeper({ sign: () => Promise.resolve() }))).toEqual([]);
    expect(await gone()).toEqual([id]);
  });
});

describe('the lines that steps wrote', () => {
  const line = (promotionId: string, text: string) => ({
    promotionId,
    step: 'deploy',
    attempt: 1,
    at: desk.clock.now(),
    line: text,
  });
  const lines = async (id: string) => (await desk.store.logs(id, 0, 10)).map(({ step, line: text }) => [step, text]);

  it('go before the promotion does, and one stays that says so', async () => {
    const old = await cancelled();
    await desk.store.appendLogs([line(old, 'one'), line(old, 'two')]);
    desk.clock.advance(31 * 86_400);
    const young = await cancelled();
    const running = await desk.run({ isAgain: true });
    await desk.store.appendLogs([line(young, 'one'), line(running, 'one')]);
    const { logs, chains } = await pruning({ chainsOlderThanDays: undefined, logsOlderThanDays: 30 });
    expect([logs, chains]).toEqual([{ promotions: 1, lines: 2 }, []]);
    const before = new Date(desk.clock.now().getTime() - 30 * 86_400_000).toISOString();
    expect(await lines(old)).toEqual([['(retention)', `2 lines were removed: their promotion ended before ${before}`]]);
    expect(await lines(young)).toEqual([['deploy', 'one']]);
    expect(await lines(running)).toEqual([['deploy', 'one']]);
    expect((await desk.store.administrationEvents()).at(-1)).toMatchObject({
      type: 'logs-pruned',
      data: { promotions: 1, lines: 2 },
    });
    expect((await pruning({ chainsOlderThanDays: undefined, logsOlderThanDays: 30 })).logs).toEqual({
      promotions: 0,
      lines: 0,
    });
  });
});
