import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PipelineInstallation, wentWell } from './installation.ts';
import { scan } from './reports.ts';

jest.setTimeout(600_000);

let pipeline: PipelineInstallation;
beforeAll(async () => {
  pipeline = await PipelineInstallation.start('image-promotion.yaml', 'dotca');
});
afterAll(async () => {
  await pipeline.close();
});

const run = (...words: readonly string[]) =>
  pipeline.promote('run', 'dotca', '--release', 'v2', '--to', 'production', ...words);

/** Each test goes on where the one before ended, as a release does. */
describe('a tested staging image moves to production', () => {
  it('refuses to go backward', async () => {
    const { exitCode, output } = await pipeline.promote(
      'run',
      'dotca',
      '--release',
      'v1',
      '--from',
      'production',
      '--to',
      'staging',
    );
    expect({ exitCode, output }).toEqual({ exitCode: 3, output: expect.stringContaining('goes backward') });
  });

  it('fails on a critical finding, which only a release manager overrules, with a reason that stays visible', async () => {
    for (const person of ['rita', 'mara']) await pipeline.bind(person, 'operator');
    await pipeline.report('v2', scan({ critical: 1 }));
    expect(await run()).toMatchObject({
      exitCode: 3,
      output: expect.stringContaining('findings: 1 critical finding'),
    });
    const reviewer = await run('--as', 'rita', '--force', '--reason', 'hurry');
    expect(reviewer).toMatchObject({ exitCode: 1, output: expect.stringContaining('release-manager') });
    expect((await run('--as', 'mara', '--force', '--reason', 'the fix is worse')).exitCode).toBe(4);
    const { id } = await pipeline.newest();
    expect((await pipeline.promote('status', id)).output).toMatch(/force +mara .*the fix is worse/);
    wentWell(await pipeline.promote('cancel', id, '--reason', 'not needed after all'));
    await pipeline.ended(id, 'CANCELLED');
  });

  it('is only warned about a high finding, and rejected when a reviewer says no', async () => {
    await pipeline.report('v2', scan({ high: 1 }));
    expect((await run()).exitCode).toBe(4);
    const { id } = await pipeline.newest();
    expect((await pipeline.promote('reject', id, '--as', 'rita')).exitCode).toBe(2);
    wentWell(await pipeline.promote('reject', id, '--as', 'rita', '--comment', 'not on a Friday'));
    await pipeline.ended(id, 'REJECTED');
    expect(await pipeline.runsIn('production')).toBe('v1');
  });

  it('is rejected by itself after a day without an answer', async () => {
    expect((await run()).exitCode).toBe(4);
    const { id } = await pipeline.newest();
    await pipeline.advance('--advance', '24h');
    await pipeline.ended(id, 'EXPIRED');
  });

  it('goes into production by digest when a reviewer approves, with its eight checks, report and trail', async () => {
    expect((await run('--as', 'mara')).exitCode).toBe(4);
    const { id } = await pipeline.newest();
    wentWell(await pipeline.promote('approve', id, '--as', 'ravi', '--comment', 'tried it'));
    const followed = wentWell(await pipeline.type('promote logs $(newest) --follow'));
    for (const line of ['pass orders layers: ', 'done: promotion.finished']) expect(followed).toContain(line);
    const promoted = await pipeline.ended(id, 'COMPLETED_SUCCESSFULLY');
    expect(promoted.steps.find(({ name }) => name === 'validate-artifacts')?.summary).toBe('3 images intact');
    const logs = (await pipeline.promote('logs', id, '--step', 'validate-artifacts')).output;
    for (const check of ['exists', 'size', 'architecture', 'layers', 'metadata', 'labels', 'command'])
      expect(logs).toContain(`pass orders ${check}: `);
    expect(logs).toContain('warn release security scan: ');
    expect(await pipeline.runsIn('production')).toBe('v2');
    wentWell(await pipeline.promote('audit', 'verify'));
  });

  it('is taken back when a person asks, and never promoted again', async () => {
    const { exitCode, output } = await pipeline.promote(
      ...['rollback', 'dotca', '--env', 'production', '--yes', '--reason', 'customers complain'],
    );
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringContaining('v1') });
    expect(await run()).toMatchObject({ exitCode: 3, output: expect.stringContaining('marked bad') });
  });
});
