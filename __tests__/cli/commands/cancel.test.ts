import type { PromotionRecord } from '../../../engine/promotion-service.ts';
import { sampleSteps, sampleStep, sampleView } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

/** A session in which a promotion stands somewhere when it is cancelled, and somewhere when it is looked at again. */
function cancelling(changes: Partial<PromotionRecord>, later: Partial<PromotionRecord> = changes) {
  return fakeSession({
    cancel: () => Promise.resolve(sampleView({ endedAt: undefined, ...changes }).promotion),
    view: () => Promise.resolve(sampleView({ endedAt: undefined, ...later })),
  });
}
const words = ['cancel', 'pr-7f3a'];

describe('promote cancel', () => {
  const waiting = { state: 'PENDING_APPROVAL', steps: sampleSteps.slice(0, 1) } as const;
  const deploying = { state: 'TRIGGERING_DEPLOYMENT', steps: sampleSteps.slice(0, 7) } as const;

  it('says that it ends before anything was changed', async () => {
    const { exitCode, out } = await record(words, { session: cancelling(waiting) });
    expect([exitCode, out]).toEqual([
      0,
      `Promoting shop v2  dev → staging                       pr-7f3a
  It ends now, before it changed anything in staging.
Next:  promote logs pr-7f3a --follow
`,
    ]);
  });

  it('says that it has ended, when it has', async () => {
    const { out } = await record(words, { session: cancelling(waiting, { ...waiting, state: 'CANCELLED' }) });
    expect(out).toContain('  Cancelled. Nothing in staging was changed.\n');
    expect(out).not.toContain('Next:');
  });

  it('says what is taken back, the last first, and what is kept', async () => {
    const { out } = await record(words, { session: cancelling(deploying) });
    expect(out).toContain(
      `  It stops and takes back what it did in staging, the last first: deploy, artifacts, database, configuration.
  Rows that were written meanwhile are kept, and staging serves what it served before.
Next:  promote logs pr-7f3a --follow
`,
    );
  });

  it('does not claim to take back what was not begun', async () => {
    const steps = [sampleStep('back-up', { status: 'running', attempt: 1 })];
    const { out } = await record(words, { session: cancelling({ state: 'PROMOTION_RUNNING', steps }) });
    expect(out).toContain('It stops. It has changed nothing in staging yet');
  });

  it('names the steps for programs', async () => {
    const ends = await record([...words, '--json'], { session: cancelling(waiting) });
    expect(JSON.parse(ends.out)).toMatchObject({ id: 'pr-7f3a', takesBack: [] });
    const goesBack = await record([...words, '--json'], { session: cancelling(deploying) });
    expect(JSON.parse(goesBack.out)).toMatchObject({
      takesBack: ['deploy', 'promote-artifacts', 'migrate-database', 'promote-configuration'],
    });
  });
});
