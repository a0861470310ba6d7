import { jest } from '@jest/globals';
import type { EvidenceFact } from '../../../engine/evidence/evidence.ts';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import type { ReplayOfRules } from '../../../engine/service/replay-rules.ts';
import { UnknownNameError } from '../../../engine/service/service-errors.ts';
import { Simulation, type SimulationDatabase } from '../../../engine/simulation/simulation.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import { rulesOf } from '../service/service-fixture.ts';
import { openSimulationDatabase, pipelineRules } from '../simulation/scenario-runner.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';

jest.setTimeout(120_000);

let server: ScratchPostgres;
let database: SimulationDatabase & { close(): Promise<void> };
let simulation: Simulation;
beforeAll(async () => {
  server = await startScratchPostgres();
  database = await openSimulationDatabase(await server.createDatabase());
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

const start = new Date('2026-11-20T09:00:00.000Z');
const minutes = (count: number): Date => new Date(start.getTime() + count * 60_000);
const actor = (id: string, ...roles: Actor['roles']): Actor => ({ id, verified: true, roles, via: 'cli' });
const ana = actor('ana', 'promoter');
const olga = actor('olga', 'operator');
const vera = actor('vera', 'viewer');
const approval = (count: number): string =>
  `approvals: { stages: [{ name: SRE, people: [sam, sofia], minimumApprovals: ${String(count)} }] }`;
const covered = (linesPercent: number): EvidenceFact => ({ kind: 'coverage', linesPercent });

/** Begins with v1 everywhere, v2 and v3 verified in dev and in staging. */
async function begin(path = '', more = ''): Promise<void> {
  await database.time.clear();
  await database.time.set(start);
  simulation = new Simulation(database, rulesOf(pipelineRules(path, more)), 'shop', start);
  for (const name of ['v1', 'v2', 'v3']) {
    const release = await simulation.bringRelease(name, [], start);
    const environments = name === 'v1' ? ['dev', 'staging', 'production'] : ['dev', 'staging'];
    for (const environment of environments) await simulation.verify(release, environment, start);
  }
}

async function run(release: string, more: Partial<Parameters<Simulation['service']['run']>[1]> = {}) {
  const id = await simulation.service.run(ana, { application: 'shop', release, to: 'production', ...more });
  await simulation.settle();
  return id;
}

async function approve(promotionId: string, ...people: readonly string[]): Promise<void> {
  for (const person of people) {
    await simulation.service.decide(actor(person), { promotionId, decision: 'approved' });
    await simulation.settle();
  }
}

const replay = (path = '', more = ''): Promise<ReplayOfRules> =>
  simulation.service.replay(vera, { rules: rulesOf(pipelineRules(path, more)) });

/** What would have been otherwise, by the promotion's id. */
const otherwise = ({ otherwise: found, unknown }: ReplayOfRules) =>
  [...found, ...unknown].map(({ id, now }) => [
    id,
    now.kind === 'waiting'
      ? `waiting for ${now.reason}: ${now.detail}`
      : now.kind === 'refused'
        ? `refused by ${now.by}: ${now.reasons.join('; ')}`
        : now.kind === 'unknown'
          ? now.missing.join('; ')
          : now.kind,
  ]);

describe('a replay', () => {
  it('is for whoever may read, of applications that there are, and no longer back than is asked', async () => {
    await begin();
    const id = await run('v2');
    const { service, rules } = simulation;
    await expect(service.replay(actor('mallory'), { rules })).rejects.toThrow(NotAuthorizedError);
    await expect(service.replay(vera, { rules, application: 'shpo' })).rejects.toThrow(UnknownNameError);
    const stricter = rulesOf(pipelineRules(approval(1)));
    const ids = async (since: Date) =>
      (await service.replay(vera, { rules: stricter, application: 'shop', since })).otherwise.map((each) => each.id);
    expect(await ids(minutes(-1))).toEqual([id]);
    expect(await ids(minutes(1))).toEqual([]);
  });

  it('counts what was known then: evidence that came later, and a waiver that was revoked since', async () => {
    const findings = 'gates: { findings: {} }';
    await begin(findings);
    const release = await simulation.release('v2');
    const items = [{ id: 'CVE-1', severity: 'high' as const }];
    const fact: EvidenceFact = { kind: 'findings', scanner: 'trivy', critical: 0, high: 1, medium: 0, low: 0, items };
    await simulation.addEvidence(release, [{ fact, collectedAt: minutes(0) }]);
    const waived = { application: 'shop', finding: 'CVE-1', reason: 'not reachable', expiresAt: minutes(9000) };
    const { id: waiver } = await simulation.service.waive(actor('alan', 'approver'), waived);
    await simulation.advanceTo(minutes(1));
    const id = await run('v2');
    await simulation.advanceTo(minutes(2));
    await simulation.service.revokeWaiver(actor('alan', 'approver'), waiver, 'it is reachable');
    await simulation.addEvidence(release, [{ fact: covered(99), collectedAt: minutes(0) }]);
    expect((await replay(findings)).counts).toMatchObject({ 'as-before': 1 });
    expect(otherwise(await replay('gates: { coverage: {} }'))).toEqual([
      [id, 'refused by validate-conditions: coverage: no usable coverage report: there is none'],
    ]);
  });

  it('cannot tell of what was measured, unless it was asked the same or something else refuses for certain', async () => {
    await begin('gates: { coverage: {} }');
    await simulation.addEvidence(await simulation.release('v2'), [{ fact: covered(82), collectedAt: minutes(0) }]);
    const id = await run('v2');
    expect(otherwise(await replay('gates: { slo: { maximumErrorRatePercent: 1 } }'))).toEqual([
      [id, 'slo: measurements and alerts are not kept'],
    ]);
    const both = await replay('gates: { coverage: { minimumPercent: 90 }, slo: { maximumErrorRatePercent: 1 } }');
    expect(otherwise(both)).toEqual([[id, 'refused by validate-conditions: coverage: coverage 82 % < 90 %']]);
  });

  it('waits for its turn where it waited for it, whoever had the slot', async () => {
    await begin('bakeSeconds: 1h');
    await run('v2');
    await simulation.advanceTo(minutes(10));
    const second = await run('v3');
    await simulation.advanceTo(minutes(20));
    expect((await simulation.store.load(second))?.parked?.reason).toBe('slot');
    expect((await replay('bakeSeconds: 1h')).counts).toMatchObject({ 'as-before': 2 });
    await simulation.advanceTo(minutes(80));
    expect((await simulation.store.load(second))?.parked?.reason).toBe('bake');
    expect((await replay('bakeSeconds: 1h')).counts).toMatchObject({ 'as-before': 2 });
    // It came to its turn at 10:00, when this window was closed again.
    const window = `windows: [{ kind: weekly, days: [friday], from: '09:00', to: '09:30', timeZone: Etc/UTC }]`;
    expect(otherwise(await replay(window))).toEqual([
      [second, `waiting for window: production is outside its windows, which are Fri 09:00–09:30 Etc/UTC`],
    ]);
  });

  it('does not count approvals of a plan that had changed by the time', async () => {
    await begin(approval(2));
    const id = await run('v2');
    await simulation.advanceTo(minutes(5));
    await approve(id, 'sam');
    await simulation.advanceTo(minutes(10));
    await simulation.verify(await simulation.release('v1'), 'dev', minutes(10));
    await simulation.service.adopt(olga, 'shop', 'production', 'v3');
    simulation.world.deployment.bring('production', {
      application: 'shop',
      release: 'v3',
      configurationCommit: 'elsewhere',
      services: [],
    });
    await simulation.advanceTo(minutes(15));
    await approve(id, 'sofia');
    await simulation.advanceTo(minutes(20));
    await approve(id, 'sofia');
    expect((await simulation.store.load(id))?.parked?.detail).toContain('1 of 2 approvals of stage SRE');
    expect((await replay(approval(2))).counts).toMatchObject({ 'as-before': 1 });
    // By these the first one alone would have let it go at five past.
    expect(otherwise(await replay(approval(1)))).toEqual([[id, 'let-through']]);
    await simulation.advanceTo(minutes(25));
    await approve(id, 'sam');
    expect((await replay(approval(2))).counts).toMatchObject({ 'as-before': 1 });
  });

  it('judges the emergency lane, and what came after without the fix, by what is remembered of the source', async () => {
    const lane = (seconds: number): string =>
      `hotfix: { entry: staging, verifySeconds: ${String(seconds)}, approvals: [{ name: emergency, people: [sam] }] }\n`;
    await begin('', lane(60));
    const fix = await simulation.bringRelease('fix', [], minutes(1));
    const id = await run('fix', { from: 'dev', to: 'staging', isHotfix: true, reason: 'it burns' });
    await approve(id, 'sam');
    await simulation.advanceTo(minutes(30));
    expect((await simulation.store.load(id))?.state).toBe('COMPLETED_SUCCESSFULLY');
    const onward = await run('fix', { isHotfix: true, reason: 'it burns' });
    await approve(onward, 'sam');
    await simulation.advanceTo(minutes(60));
    const without = await run('v3');
    await simulation.contain(await simulation.bringRelease('with', [], minutes(61)), ['fix']);
    await simulation.verify(await simulation.release('with'), 'staging', minutes(61));
    await simulation.advanceTo(minutes(62));
    const having = await run('with');
    expect((await simulation.store.load(without))?.failure?.error.message).toContain(`hotfix ${fix.name}: `);
    expect((await simulation.store.load(having))?.failure).toBeUndefined();
    expect((await replay('', lane(60))).counts).toMatchObject({ 'as-before': 4 });
    expect(otherwise(await replay('', lane(3600)))).toEqual([
      [onward, expect.stringMatching(/^waiting for soak: fix must be verified in staging until /)],
    ]);
    expect(otherwise(await replay(''))).toEqual([
      [onward, expect.stringContaining('the rules have no hotfix lane')],
      [id, expect.stringContaining('the rules have no hotfix lane')],
    ]);
  });

  it('takes up again what was tried again, and what was set aside then only where the other rules allow it', async () => {
    const gates = (force: string): string => `gates: { coverage: {} }\n${force}`;
    const allowed = gates('force: { allowed: true, people: [olga] }');
    await begin(allowed);
    const id = await run('v2');
    await simulation.advanceTo(minutes(5));
    await simulation.service.retry(actor('olga', 'operator'), id, { forces: true, reason: 'the tool is down' });
    await simulation.settle();
    await simulation.advanceTo(minutes(6));
    expect((await simulation.store.load(id))?.state).toBe('COMPLETED_SUCCESSFULLY');
    expect((await replay(allowed)).counts).toMatchObject({ 'as-before': 1 });
    expect(otherwise(await replay(gates('force: { allowed: true, people: [olaf] }')))).toEqual([
      [id, 'refused by validate-conditions: coverage: no usable coverage report: there is none'],
    ]);
  });
});
