import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { codeBlocks, commandsOf, printed, setsVariables } from '../seed-commands/printed-commands.ts';
import { PipelineInstallation, wentWell, type Ended } from './installation.ts';
import { tests } from './reports.ts';

jest.setTimeout(600_000);

let pipeline: PipelineInstallation;
const kept: string[] = [];
beforeAll(async () => {
  pipeline = await PipelineInstallation.start('dev-to-staging.yaml', 'shop');
});
afterAll(async () => {
  await pipeline.close();
  await Promise.all(kept.map((path) => rm(path, { recursive: true, force: true })));
});

/** Runs what a guide prints; what it says that it kept in /tmp is removed when the tests are over. */
async function shell(script: string): Promise<Ended & { readonly log: string; readonly backup: string }> {
  const ended = await pipeline.shell(script);
  const [log = '', backup = ''] = [
    /\/tmp\/promotion-\d{8}-\d{6}(?:-\d+)?\.log/,
    /\/tmp\/staging-backup-\d{8}-\d{6}(?:-\d+)?/,
  ].map((pattern) => pattern.exec(ended.output)?.[0]);
  kept.push(...[log, backup].filter((path) => path !== ''));
  return { ...ended, log, backup };
}

/** The block of variables that a guide prints, to be given to the commands behind it. */
function variablesOf(seed: string, without = /^$/): string {
  const block = codeBlocks().find((each) => each.seed === seed && setsVariables(each));
  if (block === undefined) throw new Error(`${seed} prints no variables`);
  const lines = block.text.split('\n').filter((line) => !without.test(line));
  return `set -a\n${lines.join('\n')}\nset +a\n`;
}

/** The script of a job of CI that a guide prints. */
function job(name: string): string {
  const block = codeBlocks().find(({ language, text }) => language === 'yaml' && text.includes(name));
  return block === undefined ? '' : commandsOf(block).join('\n');
}

/** Each test goes on where the one before ended, as a release does. */
describe('development → staging, by the guide’s own scripts', () => {
  it('refuses to go backward', async () => {
    const refused = await shell('FROM_ENV=staging TO_ENV=development ./scripts/promote-environment.sh');
    expect(refused).toMatchObject({ exitCode: 3, output: expect.stringContaining('goes backward') });
  });

  it('refuses a release whose own tests fail, keeps a log of why, and changes nothing', async () => {
    await pipeline.report('v2', tests('unit', 1));
    const { exitCode, output, log, backup } = await shell(printed('./scripts/promote-to-staging.sh'));
    expect({ exitCode, output }).toEqual({ exitCode: 3, output: expect.stringContaining('tests: ') });
    expect(output).toContain('Nothing was changed in staging.');
    expect(backup).toBe('');
    const shown = await shell(printed('cat /tmp/promotion-YYYYMMDD-HHMMSS.log').replace(/\/tmp\/\S+/, log));
    expect(wentWell(shown)).toContain('tests: ');
    expect(await pipeline.runsIn('staging')).toBe('v1');
  });

  it('fails a CI job that checks readiness, until the tests pass', async () => {
    const failed = await shell(job('Check Promotion Readiness'));
    expect(failed).toMatchObject({ exitCode: 1, output: expect.stringContaining('✖ tests') });
    expect(failed.output).toMatch(/Promotion requirements not met\n$/);
    await pipeline.report('v2', tests('unit'));
    expect(wentWell(await shell(job('Check Promotion Readiness')))).toContain('✔ tests');
  });

  it('is ready with a score of a hundred when development is well', async () => {
    const output = wentWell(await shell(printed('./scripts/validate-promotion-requirements.sh')));
    expect(output).toMatch(/✔ readiness +readiness 100 %/);
    for (const gate of ['tests', 'health', 'responseTimes']) expect(output).toContain(`✔ ${gate}`);
  });

  it.each([
    ['./scripts/test-promotion.sh development', 'cat /tmp/promotion-tests-YYYYMMDD-HHMMSS.log', /0 failed/],
    ['./scripts/compare-environments.sh', 'cat /tmp/env-comparison-YYYYMMDD-HHMMSS.log', /100 %: ready for promotion/],
  ])('keeps what %s found where the guide looks for it', async (command, show, found) => {
    const output = wentWell(await pipeline.shell(printed(command)));
    const [log = ''] = /\/tmp\/[a-z-]+-\d{8}-\d{6}(?:-\d+)?\.log/.exec(output) ?? [];
    kept.push(log);
    expect(wentWell(await pipeline.shell(printed(show).replace(/\/tmp\/\S+/, log)))).toMatch(found);
  });

  it('shows beforehand what it would do, and changes nothing', async () => {
    const output = wentWell(await shell(printed('DRY_RUN=true ./scripts/promote-environment.sh')));
    expect(output).toMatch(/dry run/i);
    expect(await pipeline.runsIn('staging')).toBe('v1');
  });

  it('promotes with a log and a copy of staging’s back-up where the guide’s variables say, for their owner alone', async () => {
    const script = `${variablesOf('seed 4')}./scripts/promote-to-staging.sh && echo "kept $PROMOTION_LOG $BACKUP_DIR"`;
    const output = wentWell(await shell(script));
    const [, log = '', backup = ''] = /^kept (\S+) (\S+)$/m.exec(output) ?? [];
    kept.push(log, backup);
    expect(await readFile(log, 'utf8')).toContain('Promoted in');
    expect((await stat(log)).mode & 0o777).toBe(0o600);
    expect((await stat(backup)).mode & 0o777).toBe(0o700);
    expect(await readdir(backup)).toEqual(expect.arrayContaining(['backup.json', 'database']));
    const backedUp = JSON.parse(await readFile(join(backup, 'backup.json'), 'utf8')) as Record<string, unknown>;
    expect(backedUp).toMatchObject({
      commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      configuration: expect.any(String),
    });
    expect(await pipeline.runsIn('staging')).toBe('v2');
  });

  it('undoes no migration that would take what customers wrote with it, changes nothing, and says what to type', async () => {
    const refused = await shell(printed('npm run db:migrate:rollback'));
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toContain(
      'Migration 3 (gift_notes) stays: its down file discards what was written into it since.',
    );
    expect(refused.output).toMatch(/v1 runs beside the schema as it is, and returns with: \S.*rollback pr-[0-9a-f]+\./);
    expect(await pipeline.runsIn('staging')).toBe('v2');
    expect(await pipeline.schemaVersionIn('staging')).toBe(3);
  });

  it('takes the release and its migrations back by their down files, and loses no order on the way', async () => {
    const traffic = await pipeline.customersIn('staging', 10);
    const output = wentWell(await shell(`${printed('npm run db:migrate:rollback').trim()} -- --accept-loss`));
    expect(output).toMatch(/schema undone: 3 gift_notes, by its down file/);
    expect(output).toMatch(/↩ database +took back 1 migration; what was written into what they brought is lost/);
    expect(output).toMatch(/v1 healthy in staging/);
    expect((await traffic.stop()).failures).toEqual([]);
    expect(await pipeline.runsIn('staging')).toBe('v1');
    expect(await pipeline.schemaVersionIn('staging')).toBe(2);
  });

  it('promotes by a CI job on the main branch, once a person says that the release is not bad after all', async () => {
    const refused = await shell(job('Auto-promote to Staging'));
    expect(refused).toMatchObject({ exitCode: 3, output: expect.stringContaining('marked bad') });
    wentWell(await pipeline.promote('release', 'mark-bad', 'shop', 'v2', '--undo', '--reason', 'only tried'));
    const script = `${job('Auto-promote to Staging').trim()} --again --reason "once more"`;
    expect(wentWell(await shell(script))).toContain('Promoted in');
    expect(await pipeline.runsIn('staging')).toBe('v2');
  });

  it('reads the variables of the promotion guide, and refuses those of Argo CD by name', async () => {
    const all = await shell(`${variablesOf('seed 1')}./scripts/promote-environment.sh`);
    expect(all).toMatchObject({
      exitCode: 2,
      output: expect.stringMatching(/ARGOCD_SERVER.* Argo CD waits for outside services/),
    });
    expect(all.output).not.toContain('ghp_xxxxx');
    const own = await shell(`${variablesOf('seed 1', /^(ARGOCD|GITOPS)_/)}./scripts/promote-environment.sh`);
    expect(own).toMatchObject({ exitCode: 0, output: expect.stringContaining('staging runs v2 already') });
  });
});
