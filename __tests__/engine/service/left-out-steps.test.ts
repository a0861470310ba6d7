import { jest } from '@jest/globals';
import type { Migration } from '../../../engine/release.ts';
import { renderMarkdown } from '../../../engine/reports/render-markdown.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { RunningDesk } from './running-desk.ts';
import { operator, promoter, rulesOf, rulesText, viewer } from './service-fixture.ts';

// Real Postgres, git and files.
jest.setTimeout(180_000);

let server: ScratchPostgres;
let running: RunningDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
afterEach(async () => {
  await running.close();
});

const expand: Migration = {
  version: 1,
  name: 'add column',
  kind: 'expand',
  transactional: true,
  up: 'alter table t add c int',
  down: 'alter table t drop c',
  downLosesData: false,
  checksum: '1'.repeat(64),
};

/** v3, with a value, a migration and a flag, is to come into qa, on whose path a step is left out. */
async function open(leftOut: string, imagesIn: readonly string[] = []): Promise<void> {
  const steps = `  - from: dev\n    to: qa\n    steps: { leaveOut: [${leftOut}] }`;
  const rules = rulesText().replace('  - { from: dev, to: qa }', steps);
  running = await RunningDesk.open(await server.createStoreDatabase(), rules);
  await running.image('v3', imagesIn);
  await running.release('v3', {
    configuration: { 'feature.limit': 9 },
    database: { schemaRange: { min: 0, max: 1 }, migrations: [expand] },
    flags: [{ key: 'new-flag', description: 'comes with v3', defaultEnabled: true }],
  });
}

const promote = () => running.promote({ release: 'v3' });
const signal = new AbortController().signal;
const valuesInQa = (): string => running.git.git('show', 'env/qa:shop/qa/values.yaml');
const commitsInQa = (): number => running.git.git('log', '--format=%s', 'env/qa').split('\n').length;

async function qa(): Promise<object> {
  const { desired } = await running.deployments.of.qa.status();
  const flags = await running.ports.flags.read('qa', signal);
  return {
    release: desired?.release,
    schema: (await running.database.state()).schemaVersion,
    flags: flags.flags.map(({ key }) => key),
  };
}

async function planOf(id: string): Promise<string> {
  const { plan } = await running.desk.service.view(viewer, id);
  return JSON.stringify(plan?.body);
}

async function rollBack(id: string) {
  const rollback = await running.desk.service.rollBack(operator, { promotionId: id, reason: 'errors' });
  await running.work();
  return running.desk.load(rollback);
}

async function changedInQa(): Promise<readonly string[]> {
  const since = new Date(running.desk.clock.now().getTime() - 3_600_000);
  const { groups } = await running.desk.service.changesSince(viewer, { since, environment: 'qa', limit: 100 });
  return groups
    .flatMap(({ changes }) => changes)
    .map(({ subject, before, after }) => `${subject}: ${before ?? 'unset'} → ${after ?? 'unset'}`);
}

describe('a path that leaves out promote-configuration', () => {
  it('moves release and images alone, says so, and takes back just that', async () => {
    await open('promote-configuration');
    const before = { values: valuesInQa(), qa: await qa() };
    const promotion = await promote();
    expect(promotion.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(promotion.steps.map(({ name }) => name)).not.toContain('promote-configuration');
    expect(valuesInQa()).toMatch(/^release: v3\nimages:\n {2}api: sha256:[0-9a-f]{64}\nfeature:\n {2}limit: 5$/);
    expect(commitsInQa()).toBe(2);
    expect(await qa()).toEqual({ release: 'v3', schema: 1, flags: ['new-flag'] });

    const plan = await planOf(promotion.id);
    expect(plan).toContain(
      'the values in shop/qa/values.yaml stay, and only release and images are moved, by deploy; 1 value that v3 brings is not written',
    );
    expect(plan).not.toContain('feature.limit');
    const report = renderMarkdown(await running.desk.service.report(viewer, promotion.id));
    expect(report).toContain('## Left out by the rules\n\n- configuration: the values in');
    const changed = await changedInQa();
    expect(changed).toContain('release: v1 → v3');
    expect(changed.filter((line) => line.startsWith('feature.limit'))).toEqual([]);
    const history = await running.desk.service.configurationHistory(viewer, {
      application: 'shop',
      environment: 'qa',
      limit: 10,
    });
    expect(history.revisions[0]).toMatchObject({
      promotionId: promotion.id,
      changes: [{ subject: 'release' }, { subject: 'images.api' }],
    });

    const preview = await running.desk.service.previewRollback(operator, { promotionId: promotion.id });
    expect(preview.undone[0]?.will).toContain('release and images in shop/qa/values.yaml go back by a new commit');
    expect(await rollBack(promotion.id)).toMatchObject({ state: 'ROLLED_BACK' });
    expect(valuesInQa()).toBe(before.values);
    expect(commitsInQa()).toBe(3);
    expect(await qa()).toEqual(before.qa);
  });
});

describe('a rollback past promotions of which one left promote-configuration out', () => {
  it.each([
    ['the older', ['promote-configuration', '']],
    ['both', ['promote-configuration', 'promote-configuration']],
  ])('puts back the values from before them all: %s', async (_, [older = '', newer = '']) => {
    await open(older);
    const before = valuesInQa();
    await promote();
    const { desk } = running;
    desk.rules = rulesOf(
      rulesText().replace('  - { from: dev, to: qa }', `  - { from: dev, to: qa, steps: { leaveOut: [${newer}] } }`),
    );
    await running.release('v4', { configuration: { 'feature.limit': 11 } });
    const newest = await running.promote({ release: 'v4' });
    expect(valuesInQa()).toContain(newer === '' ? 'limit: 11' : 'limit: 5');
    const to = { release: 'v1' };
    const id = await desk.service.rollBack(operator, { promotionId: newest.id, reason: 'errors', to });
    await running.work();
    expect(await desk.load(id)).toMatchObject({ state: 'ROLLED_BACK' });
    expect(await qa()).toMatchObject({ release: 'v1' });
    expect(valuesInQa()).toBe(before);
  });
});

describe('a path that leaves out back-up', () => {
  it('says before anything runs that nothing can be restored, refuses to, and takes all of it back otherwise', async () => {
    await open('back-up');
    const before = { values: valuesInQa(), qa: await qa() };
    const dryRun = await running.promote({ release: 'v3', isDryRun: true });
    const refused =
      'no back-up of shop-qa is taken, because the rules leave out back-up: it cannot be restored, and promote rollback --restore-database is refused';
    expect(await planOf(dryRun.id)).toContain(refused);

    const promotion = await promote();
    expect(promotion.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(promotion.steps.map(({ name }) => name)).not.toContain('back-up');
    expect(running.database.effects.filter((effect) => effect.includes('back-up'))).toEqual([]);
    expect(await planOf(promotion.id)).toContain(refused);
    expect(await qa()).toEqual({ release: 'v3', schema: 1, flags: ['new-flag'] });

    const { service } = running.desk;
    const preview = await service.previewRollback(operator, { promotionId: promotion.id });
    expect(preview.restoreRefused).toContain('the rules left out back-up');
    expect(preview.irreversible).toContain(refused);
    const restoring = { promotionId: promotion.id, restoresDatabase: true };
    const why = `the rules left out back-up when ${promotion.id} was promoted`;
    await expect(service.previewRollback(operator, restoring)).rejects.toThrow(why);
    await expect(service.rollBack(operator, { ...restoring, reason: 'errors' })).rejects.toThrow(why);

    expect(await rollBack(promotion.id)).toMatchObject({ state: 'ROLLED_BACK' });
    expect({ values: valuesInQa(), qa: await qa() }).toEqual(before);
  });
});

describe('a path that leaves out migrate-database', () => {
  it('plans no migration and runs none', async () => {
    await open('migrate-database');
    const promotion = await promote();
    expect(promotion.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await planOf(promotion.id)).not.toContain('add column');
    expect(await qa()).toMatchObject({ release: 'v3', schema: 0 });
    expect(await rollBack(promotion.id)).toMatchObject({ state: 'ROLLED_BACK' });
    expect(await qa()).toMatchObject({ release: 'v1', schema: 0 });
  });

  it('refuses a release that needs one of them', async () => {
    await open('migrate-database');
    await running.release('v4', { database: { schemaRange: { min: 1, max: 1 }, migrations: [expand] } });
    const promotion = await running.promote({ release: 'v4' });
    expect(promotion).toMatchObject({ state: 'FAILED', failure: { requirementsNotMet: true } });
    expect(promotion.failure?.error.message).toContain('v4 needs schema 1, and the rules leave out migrate-database');
  });
});

describe('a path that leaves out promote-artifacts', () => {
  it('refuses what is not there already, before anything changes', async () => {
    await open('promote-artifacts');
    const promotion = await promote();
    expect(promotion).toMatchObject({ state: 'FAILED', failure: { step: 'initialize' } });
    expect(promotion.failure?.error.message).toContain('and the rules leave out promote-artifacts');
    expect(await qa()).toMatchObject({ release: 'v1' });
  });

  it('deploys what somebody else has brought, and tags nothing', async () => {
    await open('promote-artifacts', ['qa']);
    const promotion = await promote();
    expect(promotion.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await running.ports.artifacts.tags('registries/qa/api', signal)).toEqual([]);
    expect(await rollBack(promotion.id)).toMatchObject({ state: 'ROLLED_BACK' });
  });
});

describe('a path that leaves out promote-flags', () => {
  it('plans no flag and leaves them as they are', async () => {
    await open('promote-flags');
    const promotion = await promote();
    expect(promotion.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await planOf(promotion.id)).not.toContain('new-flag');
    expect(await qa()).toMatchObject({ release: 'v3', flags: [] });
    expect(await rollBack(promotion.id)).toMatchObject({ state: 'ROLLED_BACK' });
  });
});

describe('a path that leaves out what looks and what tells', () => {
  it('keeps no report and tells nobody of the end, and still ends', async () => {
    await open('validate-artifacts, report, notify');
    const promotion = await promote();
    expect(promotion.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await running.report(promotion.id)).toBeUndefined();
    expect((await running.desk.service.report(promoter, promotion.id)).promotion.leftOut).toHaveLength(3);
  });
});

describe('a path that leaves out all that may be left out', () => {
  it('still deploys, and takes it back', async () => {
    await open(
      'validate-artifacts, back-up, promote-configuration, migrate-database, promote-artifacts, promote-flags, report, notify',
      ['qa'],
    );
    const before = { values: valuesInQa(), qa: await qa() };
    const promotion = await promote();
    expect(promotion.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await qa()).toEqual({ release: 'v3', schema: 0, flags: [] });
    expect(await rollBack(promotion.id)).toMatchObject({ state: 'ROLLED_BACK' });
    expect({ values: valuesInQa(), qa: await qa() }).toEqual(before);
  });
});
