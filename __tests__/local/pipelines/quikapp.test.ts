import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { HotfixSource } from './hotfix-source.ts';
import { PipelineInstallation, wentWell } from './installation.ts';
import { approvedReview, cleanLint, load, openBugs, scan, tests } from './reports.ts';

jest.setTimeout(600_000);

let pipeline: PipelineInstallation;
beforeAll(async () => {
  const used = ['dev', 'qa', 'uat1', 'staging', 'live'];
  pipeline = await PipelineInstallation.start('quikapp.yaml', 'quikapp', used);
});
afterAll(async () => {
  await pipeline.close();
});

const run = (...words: readonly string[]) => pipeline.promote('run', 'quikapp', '--release', 'v2', ...words);
const tick = (id: string, item: string, person: string) =>
  pipeline.promote('check', id, item, '--as', person, '--note', `${person} looked`);
const approve = (id: string, person: string) => pipeline.promote('approve', id, '--as', person);

const berlin = (at: Date, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', ...options }).format(at);

/** Each test goes on where the one before ended, as a release does. */
describe('QuikApp: dev → qa → uat → staging → live', () => {
  it.each([
    ['dev', 'staging', 'skips'],
    ['qa', 'dev', 'goes backward'],
    ['uat1', 'live', 'skips staging'],
  ])('refuses %s → %s', async (from, to, why) => {
    const { exitCode, output } = await run('--from', from, '--to', to);
    expect({ exitCode, output }).toEqual({ exitCode: 3, output: expect.stringContaining(why) });
  });

  it('refuses a release into qa whose tests and scan fail and whose review and lint nobody has shown, and takes it with them', async () => {
    await pipeline.report('v2', tests('integration', 1), scan({ critical: 1 }));
    const refused = await run('--to', 'qa');
    expect(refused.exitCode).toBe(3);
    for (const gate of ['tests', 'codeReview', 'lint', 'findings']) expect(refused.output).toContain(`${gate}: `);
    await pipeline.report('v2', tests('integration'), approvedReview, cleanLint, scan({ low: 3 }));
    wentWell(await run('--to', 'qa'));
    const { output } = await pipeline.promote('check', (await pipeline.newest()).id);
    // All six items of the first checklist can be told by gates.
    expect(output.match(/✔/g)).toHaveLength(6);
    for (const gate of ['tests', 'codeReview', 'lint', 'findings', 'migrations'])
      expect(output).toContain(`gate ${gate}`);
  });

  it('refuses an open critical bug into uat, and waits there for the sign-off of QA', async () => {
    await pipeline.report('v1', load({ p95Ms: 100 }));
    await pipeline.report('v2', tests('e2e'), load({ p95Ms: 105 }), openBugs('critical'));
    expect(await run('--to', 'uat1')).toMatchObject({ exitCode: 3, output: expect.stringContaining('bugs: ') });
    await pipeline.report('v2', openBugs());
    const waiting = await run('--to', 'uat1');
    expect(waiting).toMatchObject({
      exitCode: 4,
      output: expect.stringContaining('4 of 6 items ticked: "QA team sign-off", "Test data prepared for UAT" missing'),
    });
    const { id } = await pipeline.newest();
    const stranger = await tick(id, 'QA team sign-off', 'stella');
    expect(stranger).toMatchObject({ exitCode: 1, output: expect.stringContaining('stella has no role') });
    wentWell(await tick(id, 'QA team sign-off', 'quinn'));
    wentWell(await tick(id, 'Test data prepared for UAT', 'qadir'));
    await pipeline.ended(id, 'COMPLETED_SUCCESSFULLY');
  });

  it('moves to staging when stakeholders and the team have ticked its third checklist', async () => {
    expect((await run('--from', 'uat1', '--to', 'staging')).exitCode).toBe(4);
    const { id } = await pipeline.newest();
    for (const item of ['UAT sign-off from stakeholders', 'All acceptance criteria met'])
      wentWell(await tick(id, item, 'stella'));
    for (const item of [
      'Release notes drafted',
      'Documentation updated',
      'Runbook reviewed',
      'Rollback plan documented',
    ])
      wentWell(await pipeline.promote('check', id, item));
    await pipeline.ended(id, 'COMPLETED_SUCCESSFULLY');
    expect(await pipeline.runsIn('staging')).toBe('v2');
  });

  let toLive = '';

  it('waits until it has run in staging for a day before it asks anybody about live', async () => {
    await pipeline.report('v2', load({ p95Ms: 105, failedShare: 0.001 }), scan({ low: 3 }));
    const asked = await run('--to', 'live');
    expect(asked).toMatchObject({
      exitCode: 4,
      output: expect.stringContaining('Soaking: v2 must be verified in staging'),
    });
    toLive = (await pipeline.newest()).id;
    await pipeline.advance('--advance', '23h');
    expect((await pipeline.look(toLive)).waiting?.reason).toBe('soak');
    await pipeline.advance('--advance', '1h');
    await pipeline.waitsFor(toLive, 'checklist');
  });

  it('then waits for its checklist of nine, and for two of the Change Advisory Board', async () => {
    wentWell(await tick(toLive, '1', 'carla'));
    for (const item of [4, 5, 6, 7, 8, 9]) wentWell(await tick(toLive, String(item), 'sofia'));
    await pipeline.waitsFor(toLive, 'approval');
    wentWell(await approve(toLive, 'colin'));
    expect((await approve(toLive, 'colin')).exitCode).not.toBe(0);
    expect((await pipeline.look(toLive)).waiting?.reason).toBe('approval');
    wentWell(await approve(toLive, 'chen'));
  });

  it('then moves in the maintenance window, and is watched for half an hour', async () => {
    const { waiting } = await pipeline.until(toLive, (each) => ['window', 'bake'].includes(each.waiting?.reason ?? ''));
    // On a Tuesday or Thursday night in Berlin it moves at once.
    if (waiting?.reason === 'window') {
      expect(await pipeline.runsIn('live')).toBe('v1');
      await pipeline.advance('--until', waiting.until ?? '');
    }
    await pipeline.waitsFor(toLive, 'bake');
    expect(['Tue', 'Wed', 'Thu', 'Fri']).toContain(berlin(pipeline.now(), { weekday: 'short' }));
    await pipeline.advance('--advance', '30m');
    await pipeline.ended(toLive, 'COMPLETED_SUCCESSFULLY');
    expect(await pipeline.runsIn('live')).toBe('v2');
    const { output } = await pipeline.promote('check', toLive);
    expect(output.match(/✔/g)).toHaveLength(9);
  });

  it('is taken back in live at once when a person asks, whatever the window', async () => {
    const { exitCode, output } = await pipeline.promote(
      ...['rollback', 'quikapp', '--env', 'live', '--yes', '--reason', 'incident 4711'],
    );
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringContaining('v1') });
    expect(await pipeline.runsIn('live')).toBe('v1');
  });

  it('brings a hotfix to live: staging, half an hour, an emergency approval of the CAB each time, and back to develop', async () => {
    const source = new HotfixSource();
    try {
      source.type('git checkout -b hotfix/critical-fix main');
      source.mend();
      source.type('git commit -m "Hotfix: Critical security fix"');
      source.type('git push origin hotfix/critical-fix');
      await pipeline.createRelease('v2.1', 'v2', source.of('hotfix/critical-fix'));
      await pipeline.report('v2.1', scan({}));
      const hotfix = ['run', 'quikapp', '--release', 'v2.1', '--hotfix', '--reason', 'tokens are not checked'];

      const late = await pipeline.promote(...hotfix, '--from', 'dev', '--to', 'live');
      expect(late).toMatchObject({ exitCode: 3, output: expect.stringContaining('entered at staging, nowhere later') });
      expect((await pipeline.promote(...hotfix, '--to', 'staging')).exitCode).toBe(4);
      const { id: toStaging } = await pipeline.newest();
      expect((await approve(toStaging, 'stella')).exitCode).not.toBe(0);
      wentWell(await approve(toStaging, 'carla'));
      wentWell(await pipeline.type('promote logs $(newest) --follow'));
      await pipeline.ended(toStaging, 'COMPLETED_SUCCESSFULLY');
      expect(await pipeline.runsIn('staging')).toBe('v2.1');

      expect((await pipeline.promote(...hotfix, '--to', 'live')).exitCode).toBe(4);
      const { id: toLive, waiting } = await pipeline.newest();
      expect(waiting?.reason).toBe('soak');
      await pipeline.advance('--advance', '30m');
      await pipeline.waitsFor(toLive, 'approval');
      wentWell(await approve(toLive, 'chen'));
      await pipeline.waitsFor(toLive, 'bake');
      await pipeline.advance('--advance', '30m');
      await pipeline.ended(toLive, 'COMPLETED_SUCCESSFULLY');
      expect(await pipeline.runsIn('live')).toBe('v2.1');

      expect((await pipeline.promote('status')).output).toContain('merge the hotfix v2.1 back to develop');
      source.type('git checkout develop');
      source.type('git merge hotfix/critical-fix');
      await pipeline.untilOutput(['status'], (output) => !output.includes('merge the hotfix v2.1 back to develop'));
      const postMortem = ['close', 'post-mortem:quikapp:v2.1', '--note', 'wiki/incident-4711'];
      wentWell(await pipeline.promote(...postMortem));
      expect((await pipeline.promote('status')).output).not.toContain('Left to do');
    } finally {
      source.remove();
    }
  });
});
