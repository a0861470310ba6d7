import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { printed } from '../seed-commands/printed-commands.ts';
import { PipelineInstallation, wentWell } from './installation.ts';
import { cleanLint, scan, tests } from './reports.ts';

jest.setTimeout(600_000);

let pipeline: PipelineInstallation;
beforeAll(async () => {
  pipeline = await PipelineInstallation.start('dev-staging-canary-production.yaml', 'app', ['all']);
});
afterAll(async () => {
  await pipeline.close();
});

const run = (...words: readonly string[]) => pipeline.promote('run', 'app', '--release', 'v2', ...words);
/** Types a command as the guide prints it, and whatever else is said behind it. */
const type = (command: string, more = '') => pipeline.shell(`${printed(command)}${more}`);
const approve = (id: string, person: string) => pipeline.promote('approve', id, '--as', person);

/** Each test goes on where the one before ended, as a release does. */
describe('the guide’s pipeline: dev → staging → canary → production', () => {
  it('refuses to skip', async () => {
    for (const to of ['canary', 'production']) {
      const { exitCode, output } = await run('--from', 'dev', '--to', to);
      expect({ to, exitCode, output }).toEqual({ to, exitCode: 3, output: expect.stringContaining('skips staging') });
    }
  });

  it('asks which path is meant when nobody says', async () => {
    const { exitCode, output } = await type('DRY_RUN=true ./scripts/promote-environment.sh');
    expect({ exitCode, output }).toEqual({ exitCode: 2, output: expect.stringContaining('canary → production') });
  });

  it('refuses what is not tested, scanned and stable, with every reason and what to do', async () => {
    await pipeline.report('v2', tests('integration', 2), scan({ critical: 1 }));
    const { exitCode, output } = await pipeline.promote('validate', 'app', '--release', 'v2', '--to', 'staging');
    expect(exitCode).toBe(3);
    for (const gate of ['tests', 'findings', 'lint', 'errorBudget', 'stability'])
      expect(output).toMatch(new RegExp(`✖ ${gate} .*\n +→ `));
    // What helps two neighbours is said once, behind the second.
    expect(output).toMatch(/✖ slo .*\n +✖ errorBudget .*\n +→ dev must be used/);
    expect(output).toMatch(/✔ coverage +coverage \d+(\.\d+)? % ≥ 70 %/);
  });

  it('refuses six high findings into staging and lets five in, without asking anybody', async () => {
    await pipeline.customersIn('dev', 10);
    await pipeline.report('v2', tests('integration'), cleanLint, scan({ high: 6 }));
    await pipeline.advance('--advance', '16m');
    const toStaging = 'FROM_ENV=dev TO_ENV=staging ./scripts/promote-environment.sh';
    expect(await type(toStaging)).toMatchObject({
      exitCode: 3,
      output: expect.stringContaining('findings: 6 high findings, allowed are 5'),
    });
    await pipeline.report('v2', scan({ high: 5 }));
    const { exitCode, output } = await type(toStaging);
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringContaining('not required on this path') });
    expect(await pipeline.runsIn('staging')).toBe('v2');
  });

  it('asks SRE and then QA before canary: two people, neither of them who asked', async () => {
    await pipeline.customersIn('staging', 10);
    await pipeline.report('v2', tests('e2e'), tests('performance'), scan({}));
    await pipeline.advance('--advance', '16m');
    const requirements = await type('FROM_ENV=staging TO_ENV=canary ./scripts/validate-promotion-requirements.sh');
    expect(requirements).toMatchObject({ exitCode: 0, output: expect.stringContaining('then the approval of SRE') });
    for (const person of ['quinn', 'sam']) await pipeline.bind(person, 'promoter');
    expect(
      (await type('FROM_ENV=staging TO_ENV=canary ./scripts/promote-environment.sh', ' --as quinn')).exitCode,
    ).toBe(4);
    const { id } = await pipeline.newest();
    expect((await approve(id, 'quinn')).exitCode).not.toBe(0);
    wentWell(await approve(id, 'sam'));
    const waiting = await pipeline.until(id, (each) => each.waiting?.detail.includes('QA') === true);
    expect(waiting.waiting?.reason).toBe('approval');
    // Quinn asked for it, and Sam was counted for SRE.
    for (const nobody of ['quinn', 'sam']) expect((await approve(id, nobody)).exitCode).not.toBe(0);
    wentWell(await approve(id, 'qadir'));
    await pipeline.ended(id, 'COMPLETED_SUCCESSFULLY');
    expect(await pipeline.runsIn('canary')).toBe('v2');
  });

  const toProduction = 'FROM_ENV=canary TO_ENV=production AUTO_APPROVE=true ./scripts/promote-environment.sh';

  it('lets it into production after a day as a canary with a tenth of the customers, not before', async () => {
    await pipeline.customersIn('canary', 10);
    await pipeline.customersIn('production', 20);
    const early = await type(toProduction);
    expect(early.exitCode).toBe(3);
    expect(early.output).toMatch(/canary: canary ran for \d+(\.\d+)? (s|min), asked are 24 h/);
    await pipeline.advance('--advance', '24h');
    // Quinn is not whom the rules let bring an approval along: three people decide, as for any other.
    const asked = await type(toProduction, ' --as quinn');
    // The whole of it, so that a gate that does not hold is named.
    expect({ exitCode: asked.exitCode, output: asked.output }).toEqual({
      exitCode: 4,
      output: expect.stringContaining('it waits for approval as any other'),
    });
    const { id } = await pipeline.newest();
    for (const person of ['sam', 'erin', 'pat']) wentWell(await approve(id, person));
    await pipeline.ended(id, 'COMPLETED_SUCCESSFULLY');
    expect(await pipeline.runsIn('production')).toBe('v2');
    const { output } = await pipeline.promote('status', id);
    expect(output).toMatch(
      /SRE +approved by sam[^]*Engineering Lead +approved by erin[^]*Product Owner +approved by pat/,
    );
  });

  it('is taken back in production when a person asks', async () => {
    const { exitCode, output } = await pipeline.promote(
      ...['rollback', 'app', '--env', 'production', '--yes', '--reason', 'customers complain'],
    );
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringContaining('v1') });
    expect(await pipeline.runsIn('production')).toBe('v1');
    expect(await type(toProduction)).toMatchObject({ exitCode: 3, output: expect.stringContaining('marked bad') });
  });

  it('brings its own approval where the rules let whoever asks, which stays visible', async () => {
    wentWell(await pipeline.promote('release', 'mark-bad', 'app', 'v2', '--undo', '--reason', 'it was the proxy'));
    const variables = { FROM_ENV: 'canary', TO_ENV: 'production' };
    const bypass = printed('AUTO_APPROVE=true ./scripts/promote-environment.sh');
    const output = wentWell(await pipeline.shell(`${bypass} --again`, variables));
    expect(output).toMatch(/✔ approval .*AUTO_APPROVE=true/);
    expect(await pipeline.runsIn('production')).toBe('v2');
  });

  it('has all of it in an audit trail that verifies, the moved clock too', async () => {
    wentWell(await pipeline.promote('audit', 'verify'));
    expect((await pipeline.promote('status')).output).toContain('the clock was moved');
  });
});
