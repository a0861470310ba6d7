import { jest } from '@jest/globals';
import type { Migration } from '../../../engine/release.ts';
import type { PromotionRecord, RollbackRequest } from '../../../engine/workflow/promotion.ts';
import { moment } from '../workflow/sample-promotion.ts';
import { Died, dyingPorts } from './dying-ports.ts';
import { StepWorkbench } from './step-workbench.ts';

// Real git and real files.
jest.setTimeout(120_000);

let bench: StepWorkbench;
const opened: StepWorkbench[] = [];
beforeEach(async () => {
  bench = await StepWorkbench.open();
  opened.push(bench);
  await bench.before('verify');
  deployed();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
});

/** What the workflow remembers once v2 was deployed and verified. */
function deployed(): void {
  bench.deployed = [
    { release: bench.v2, promotionId: bench.promotion.id, deployedAt: moment, verifiedAt: moment },
    ...bench.deployed,
  ];
}

function asks(more: Partial<RollbackRequest> = {}, rest: Partial<PromotionRecord> = {}): void {
  bench.promotion = {
    ...bench.promotion,
    rollback: {
      trigger: 'manual',
      reason: 'errors',
      requestedBy: 'ana',
      at: moment,
      acceptsDataLoss: false,
      ...more,
    },
    ...rest,
  };
  bench.takeOver();
}

const effects = () => [...bench.deployment.effects.map((each) => each), ...bench.database.effects];
const served = async () => (await bench.deployment.status()).desired;

/** v2 as if its migration had removed what v1 needs. */
function contracts(): void {
  const contract = (migration: Migration): Migration => ({ ...migration, kind: 'contract' });
  const { database } = bench.v2.content;
  if (database === undefined) throw new Error('v2 has a database');
  Object.assign(database, { migrations: database.migrations.map(contract) });
}

describe('returning to a release that was built for what a contract migration removed', () => {
  it('stops everything, brings the schema back, and only then deploys', async () => {
    contracts();
    asks();
    bench.deployment.effects.length = 0;
    const order: string[] = [];
    const apply = bench.deployment.apply.bind(bench.deployment);
    const revert = bench.database.revert.bind(bench.database);
    bench.deployment.apply = async (environment, desired, generation, effect) => {
      order.push(desired.stage === 'stopped' ? 'stop' : `serve ${desired.release}`);
      return apply(environment, desired, generation, effect);
    };
    bench.database.revert = async (database, migrations, effect) => {
      order.push(`down ${migrations.map(({ version }) => String(version)).join()}`);
      return revert(database, migrations, effect);
    };
    expect(await bench.attempt('deploy', 'compensate')).toMatchObject({ kind: 'done', summary: 'v1 serves again' });
    expect(order).toEqual(['stop', 'down 1', 'serve v1']);
    expect(await bench.attempt('migrate-database', 'compensate')).toMatchObject({ summary: 'no migration ran' });
  });

  it('deploys nothing that could not start when the schema cannot come back without loss', async () => {
    contracts();
    const { database } = bench.v2.content;
    Object.assign(database?.migrations[0] ?? {}, { downLosesData: true });
    asks();
    await expect(bench.attempt('deploy', 'compensate')).rejects.toThrow(
      'migration 1 cannot be undone without losing rows. A person must decide: promote rollback --accept-loss',
    );
    expect((await served())?.release).toBe('v2');
    asks({ acceptsDataLoss: true });
    await bench.attempt('deploy', 'compensate');
    expect((await served())?.release).toBe('v1');
  });
});

describe('undoing migrations that the release which returns could run beside', () => {
  beforeEach(() => {
    Object.assign(bench.v1.content.database?.schemaRange ?? {}, { max: 9 });
  });

  it('leaves them where nobody wishes it', async () => {
    asks();
    await bench.attempt('deploy', 'compensate');
    expect(await bench.attempt('migrate-database', 'compensate')).toMatchObject({
      summary: 'kept the schema: v1 runs on schema 1; no row is lost',
    });
    expect(bench.database.effects).not.toContain('down 1');
  });

  it('runs their down files once the old release serves, once, however often it is asked', async () => {
    asks({ undoesMigrations: true });
    await bench.attempt('deploy', 'compensate');
    expect(bench.database.effects).not.toContain('down 1');
    expect(await bench.attempt('migrate-database', 'compensate')).toMatchObject({
      summary: 'took back 1 migration; no row is lost',
    });
    await bench.attempt('migrate-database', 'compensate');
    expect(bench.database.effects.filter((each) => each === 'down 1')).toHaveLength(1);
    expect((await bench.database.state()).schemaVersion).toBe(0);
  });

  it('discards nothing that was written meanwhile, as long as nobody accepted that', async () => {
    Object.assign(bench.v2.content.database?.migrations[0] ?? {}, { downLosesData: true });
    asks({ undoesMigrations: true });
    await bench.attempt('deploy', 'compensate');
    expect(await bench.attempt('migrate-database', 'compensate')).toMatchObject({
      summary: 'kept the schema: v1 runs on schema 1, and undoing migration 1 would lose rows; no row is lost',
    });
    expect(bench.database.effects).not.toContain('down 1');
  });
});

describe('putting the back-up of the database back', () => {
  it('stops everything first, happens once, and needs no down file', async () => {
    asks({ restoresDatabase: true });
    const backup = `backup-of-${bench.promotion.id}:back-up`;
    expect(await bench.attempt('deploy', 'compensate')).toMatchObject({ kind: 'done' });
    expect(await bench.attempt('migrate-database', 'compensate')).toMatchObject({
      summary: 'put back the backup with 1,204 rows; what was written since is lost',
    });
    expect(effects().filter((each) => each.startsWith('restore'))).toEqual([`restore ${backup}`]);
    expect(bench.database.effects).not.toContain('down 1');
    expect((await bench.database.state()).schemaVersion).toBe(0);
    expect((await served())?.services).toHaveLength(1);
  });

  it('comes to the same end wherever it is cut off, and discards nothing twice', async () => {
    asks({ restoresDatabase: true });
    const whole = await bench.fork();
    opened.push(whole);
    const watched = dyingPorts(whole.ports, Number.POSITIVE_INFINITY);
    await whole.attempt('deploy', 'compensate', watched.ports);
    const wanted = await whole.outside();
    for (let callsMade = 0; callsMade < watched.calls(); callsMade += 1) {
      const cut = await bench.fork();
      opened.push(cut);
      await expect(cut.attempt('deploy', 'compensate', dyingPorts(cut.ports, callsMade).ports)).rejects.toThrow(Died);
      cut.takeOver();
      await cut.attempt('deploy', 'compensate');
      expect(await cut.outside()).toEqual(wanted);
      expect(cut.database.effects.filter((each) => each.startsWith('restore'))).toHaveLength(1);
    }
  });
});

describe('a rollback that was asked for before somebody else deployed', () => {
  it('touches nothing', async () => {
    asks({}, { kind: 'rollback', rollbackOf: 'pr-older' });
    const v3 = { ...bench.v2, id: 'rel-v3', name: 'v3' };
    bench.deployed = [
      { release: v3, promotionId: 'pr-newer', deployedAt: moment, verifiedAt: moment },
      ...bench.deployed,
    ];
    const before = await bench.outside();
    await expect(bench.attempt('deploy', 'compensate')).rejects.toThrow(
      'the release in staging changed meanwhile: expected what pr-older had brought, found v3',
    );
    expect(await bench.outside()).toEqual(before);
  });
});

describe('returning to a chosen release', () => {
  it('takes that one and no newer one, and says when it is none any more', async () => {
    const v1 = bench.v1;
    const between = { ...bench.v1, id: 'rel-between', name: 'v1.5' };
    const [newest, oldest] = bench.deployed;
    if (newest === undefined || oldest === undefined) throw new Error('two releases were deployed');
    const row = { release: between, promotionId: 'pr-between', deployedAt: moment, verifiedAt: moment };
    bench.deployed = [newest, row, oldest];
    const to = { releaseId: v1.id, release: 'v1', promotions: [{ id: bench.promotion.id, planHash: null }] };
    asks({ to });
    await bench.attempt('deploy', 'compensate');
    expect((await served())?.release).toBe('v1');
    bench.deployed = [newest, row, { ...oldest, release: { ...v1, bad: { since: moment, reason: 'x', by: 'ana' } } }];
    await expect(bench.attempt('deploy', 'compensate')).rejects.toThrow(
      'v1 is no verified release of staging any more',
    );
  });

  it('removes the flags of everything that is taken back, and restores what the oldest back-up holds', async () => {
    const { planHash } = bench.promotion;
    const older = { hash: 'older'.padEnd(64, '0'), body: { flags: { added: ['older-flag'], changed: [] } } };
    bench.plans.set(older.hash, older);
    const { signal } = bench.effect('look');
    const { flags, revision } = await bench.ports.flags.read('staging', signal);
    const more = {
      ...flags[0],
      key: 'older-flag',
      description: '',
      defaultEnabled: false,
      isEnabled: false,
      percentage: 0,
    };
    await bench.ports.flags.write('staging', [...flags, more], revision, bench.effect('older'));
    const promotions = [
      { id: 'pr-newer', planHash: planHash ?? null },
      { id: bench.promotion.id, planHash: older.hash },
    ];
    asks({ to: { releaseId: bench.v1.id, release: 'v1', promotions } });
    await bench.attempt('promote-flags', 'compensate');
    const restored = (await bench.ports.flags.read('staging', signal)).flags;
    expect(restored.map(({ key, description }) => [key, description])).toEqual([['old-flag', 'as it was']]);
  });
});

describe('what a person took back by hand', () => {
  it('is verified as it runs: another release, verified there before, and well', async () => {
    asks({ confirmedBy: 'olga' });
    await expect(bench.attempt('verify-rollback')).rejects.toThrow('staging still runs v2, which was to be taken back');
    const { generation, desired } = await bench.deployment.status();
    if (desired === undefined) throw new Error('something runs');
    const byHand = { ...desired, release: 'v1' };
    await bench.deployment.apply('staging', byHand, generation, bench.effect('by hand'));
    bench.health.isHealthy = false;
    expect(await bench.attempt('verify-rollback')).toMatchObject({ kind: 'park', reason: 'bake' });
    bench.health.isHealthy = true;
    expect(await bench.attempt('verify-rollback')).toMatchObject({
      kind: 'done',
      summary: 'v1 healthy in staging',
      records: { environment: { releaseId: bench.v1.id, isVerified: true } },
    });
  });

  it('is no rollback when it is a release that nobody ever verified there', async () => {
    asks({ confirmedBy: 'olga' });
    const { generation, desired } = await bench.deployment.status();
    if (desired === undefined) throw new Error('something runs');
    await bench.deployment.apply('staging', { ...desired, release: 'v0' }, generation, bench.effect('by hand'));
    await expect(bench.attempt('verify-rollback')).rejects.toThrow('runs v0, which was never verified there');
  });
});
