import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import type { PromotionRequest } from '../../../engine/promotion-service.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import { HotfixDesk, lane } from '../service/hotfix-desk.ts';
import { admin, alan, anna, operator, promoter, rulesOf, rulesText, viewer } from '../service/service-fixture.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';

jest.setTimeout(180_000);

let server: ScratchPostgres;
let desk: HotfixDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
afterEach(async () => {
  await desk.close();
});

async function open(more?: string): Promise<void> {
  desk = await HotfixDesk.open(await server.createStoreDatabase(), more, lane);
}
/** A commit on `develop`, which does not have the fix. */
function develop(file = 'next.js'): string {
  desk.source.checkOut('develop');
  return desk.source.commit(file, 'next\n', `Work on ${file}`);
}
/** Asks for a release's move into staging. @returns how it ended, and what was not met. */
async function move(release: string, more: Partial<PromotionRequest> = {}, actor: Actor = promoter) {
  const { id, state, failure } = await desk.running.promote({ release, to: 'staging', ...more }, actor);
  return { id, ended: [state, failure?.requirementsNotMet ?? false], why: failure?.error.message };
}
const refusedFor = (release: string) => ({
  ended: ['FAILED', true],
  why: `hotfix v1.1: ${release} has neither the commit ${desk.fix.slice(0, 7)} of the hotfix v1.1 nor its change`,
});
const promoted = { ended: ['COMPLETED_SUCCESSFULLY', false] };
const waive = (actor: Actor = alan, finding = 'hotfix:v1.1') => {
  const expiresAt = new Date(desk.running.desk.clock.now().getTime() + 86_400_000);
  const request = { application: 'shop', finding, reason: 'v5 does without paying', owner: 'olga@shop.example' };
  return desk.running.desk.service.waive(actor, { ...request, expiresAt });
};

describe('from a hotfix on, a release of its application', () => {
  it('is refused on every path when it has neither the commit nor its change, and says which', async () => {
    await open();
    await desk.enter();
    await desk.build('v4', develop(), ['dev', 'qa']);
    expect(await move('v4')).toMatchObject(refusedFor('v4'));
    await desk.build('v5', desk.source.head(), ['dev']);
    expect(await move('v5', { to: 'qa' })).toMatchObject(refusedFor('v5'));
    const [running] = await desk.running.desk.store.deployedReleases('shop', 'staging');
    expect(running?.release.name).toBe('v1.1');
  });

  it('is let through when it has the commit', async () => {
    await open();
    await desk.enter();
    develop();
    desk.source.git('merge', '--quiet', '--no-edit', 'hotfix');
    await desk.build('v4', desk.source.head(), ['dev', 'qa']);
    expect(await move('v4')).toMatchObject(promoted);
  });

  it('is let through when it has the same change under another commit', async () => {
    await open();
    await desk.enter();
    develop();
    desk.source.git('cherry-pick', desk.fix);
    await desk.build('v4', desk.source.head(), ['dev', 'qa']);
    const { id, ...rest } = await move('v4');
    expect(rest).toMatchObject(promoted);
    const { steps } = await desk.running.desk.load(id);
    expect(steps.find(({ name }) => name === 'validate-conditions')?.output?.['gates']).toEqual([
      {
        gate: 'hotfix v1.1',
        verdict: 'pass',
        detail: `v4 has the hotfix v1.1 (the same change as commit ${desk.fix.slice(0, 7)})`,
        evidence: [],
      },
    ]);
  });

  it('is refused when nobody can tell: no commit, another repository, a commit that is not there', async () => {
    await open();
    await desk.enter();
    await desk.running.release('v4', { verifiedIn: ['dev', 'qa'] });
    expect((await move('v4')).why).toContain('v4 does not say which commit it was made from');
    const elsewhere = { repository: '/nowhere/else.git', commit: desk.fix, authors: [] };
    await desk.running.release('v5', { verifiedIn: ['dev', 'qa'], source: elsewhere });
    expect((await move('v5')).why).toContain('it comes from /nowhere/else.git');
    await desk.build('v6', 'f'.repeat(40), ['dev', 'qa']);
    const { ended, why } = await move('v6');
    expect(ended).toEqual(['FAILED', true]);
    expect(why).toMatch(/nobody can tell whether v6 has the hotfix v1.1: .* has no commit f{40}/);
  });

  it('is refused also when it was asked for, and approved, before the hotfix', async () => {
    await open('windows: [{ kind: once, from: 2026-11-21T00:00:00Z, to: 2026-11-30T00:00:00Z }]');
    await desk.build('v4', develop(), ['dev', 'qa']);
    const { id } = await desk.running.promote({ release: 'v4', to: 'staging' });
    expect((await desk.running.desk.load(id)).parked?.reason).toBe('window');
    await desk.enter();
    desk.running.desk.clock.advance(3 * 86_400);
    await desk.running.work();
    const { state, failure } = await desk.running.desk.load(id);
    expect([state, failure?.error.message]).toEqual(['FAILED', refusedFor('v4').why]);
  });

  it('is refused also when it only waited to move where the hotfix never came', async () => {
    await open();
    const closed = 'windows: [{ kind: once, from: 2026-11-21T00:00:00Z, to: 2026-11-30T00:00:00Z }]';
    const path = `  - from: dev\n    to: qa\n    ${closed}\n`;
    desk.running.desk.rules = rulesOf(`${rulesText()}${lane}`.replace('  - { from: dev, to: qa }\n', path));
    await desk.build('v4', develop());
    const { id } = await desk.running.promote({ release: 'v4', to: 'qa' });
    expect((await desk.running.desk.load(id)).parked?.reason).toBe('window');
    await desk.enter();
    desk.running.desk.clock.advance(3 * 86_400);
    await desk.running.work();
    const { state, failure, steps } = await desk.running.desk.load(id);
    expect([state, failure?.error.message]).toEqual(['FAILED', refusedFor('v4').why]);
    expect(steps.find(({ status }) => status === 'failed')?.name).toBe('revalidate');
  });

  it('is held to it in the lane too: the next hotfix stands on the one before', async () => {
    await open();
    await desk.enter();
    desk.source.checkOut('second-hotfix', desk.live);
    await desk.build('v1.2', desk.source.commit('two.js', 'two\n', 'Mend another'), []);
    const { state, failure } = await desk.ask({ release: 'v1.2' });
    expect([state, failure?.error.message]).toEqual(['FAILED', refusedFor('v1.2').why]);
    desk.source.git('cherry-pick', desk.fix);
    await desk.build('v1.3', desk.source.head(), []);
    expect((await desk.ask({ release: 'v1.3' })).parked?.reason).toBe('approval');
  });

  it('is not let through by force, nor by skipping validation', async () => {
    await open('force: { allowed: true, roles: [operator] }\nskipValidation: { roles: [operator] }');
    await desk.enter();
    await desk.build('v4', develop(), ['dev', 'qa']);
    const reason = 'must';
    expect(await move('v4', { forces: true, reason }, operator)).toMatchObject(refusedFor('v4'));
    expect(await move('v4', { skipsValidation: true, reason }, operator)).toMatchObject(refusedFor('v4'));
  });

  it('is free of it when the hotfix itself was taken back or marked bad, and before it was promoted', async () => {
    await open();
    await desk.build('v4', develop(), ['dev', 'qa']);
    const { id } = await desk.ask();
    expect(await move('v4')).toMatchObject(promoted);
    // Once over what it was asked about, and once more over what staging is now.
    await desk.approve(id);
    expect((await desk.approve(id)).state).toBe('COMPLETED_SUCCESSFULLY');
    await desk.build('v5', desk.source.commit('three.js', 'three\n'), ['dev', 'qa']);
    expect((await move('v5')).ended).toEqual(['FAILED', true]);
    await desk.running.desk.service.judgeRelease(operator, {
      application: 'shop',
      name: 'v1.1',
      judgement: 'bad',
      reason: 'made it worse',
    });
    expect(await move('v5')).toMatchObject(promoted);
  });
});

describe('a waiver of a hotfix', () => {
  it('lets releases without it through until its end, visible with its owner and reason', async () => {
    await open();
    await desk.enter();
    await desk.build('v4', develop(), ['dev', 'qa']);
    await waive();
    const { id, ...rest } = await move('v4');
    expect(rest).toMatchObject(promoted);
    const { steps } = await desk.running.desk.load(id);
    const [answer] = steps.find(({ name }) => name === 'validate-conditions')?.output?.['gates'] as {
      detail: string;
    }[];
    expect(answer).toMatchObject({ gate: 'hotfix v1.1', verdict: 'warn' });
    expect(answer?.detail).toMatch(/; waived by olga@shop.example until .*: v5 does without paying$/);
    desk.running.desk.clock.advance(86_400);
    await desk.build('v5', desk.source.commit('three.js', 'three\n'), ['dev', 'qa']);
    expect(await move('v5')).toMatchObject(refusedFor('v5'));
  });

  it('ends when it is revoked', async () => {
    await open();
    await desk.enter();
    const { id } = await waive();
    await desk.running.desk.service.revokeWaiver(alan, id, 'paying is needed after all');
    await desk.build('v4', develop(), ['dev', 'qa']);
    expect(await move('v4')).toMatchObject(refusedFor('v4'));
  });

  it('is given only by whom the matrix lets, for a hotfix that there is', async () => {
    await open();
    await expect(waive()).rejects.toThrow('names the finding hotfix:v1.1');
    await desk.enter();
    await expect(waive(alan, 'hotfix:v1.11')).rejects.toThrow('Did you mean hotfix:v1.1?');
    for (const actor of [viewer, promoter, operator]) {
      await expect(waive(actor)).rejects.toBeInstanceOf(NotAuthorizedError);
    }
    expect((await waive(admin)).state).toBe('valid');
  });
});

describe('a release with the hotfix', () => {
  it('is the hotfix itself, which goes on and may be promoted again', async () => {
    await open();
    await desk.goLive();
    const again = await desk.ask({ to: 'production', isAgain: true });
    expect((await desk.approve(again.id, anna)).state).toBe('COMPLETED_SUCCESSFULLY');
  });
});
