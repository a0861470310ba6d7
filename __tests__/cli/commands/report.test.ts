import { mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleReport } from '../support/sample-promotion-report.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promote-report-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const session = fakeSession({ report: () => Promise.resolve(sampleReport({ reason: 'gift notes\u001b[2J' })) });

describe('promote report', () => {
  it('prints Markdown that cannot control the terminal', async () => {
    const { exitCode, out } = await record(['report', 'pr-7f3a'], { session });
    expect(exitCode).toBe(0);
    expect(out).toContain('# shop v2: dev → staging\n');
    expect(out).toContain('- Reason: gift notes\\u001b[2J\n');
    expect(out).toContain('| deploy | done | 1 | 3.1 s |');
  });

  it.each([['--json'], ['--format', 'json']].map((words) => [words]))(
    'prints the report itself with %p',
    async (words) => {
      const { out } = await record(['report', 'pr-7f3a', ...words], { session });
      expect(JSON.parse(out)).toMatchObject({ format: 1, promotion: { id: 'pr-7f3a' }, outcome: { text: 'promoted' } });
    },
  );

  it('writes a new file that only its owner may read, in the form that is wanted', async () => {
    const file = join(folder, 'report.html');
    const { exitCode, out } = await record(['report', 'pr-7f3a', '--format', 'html', '--out', file], { session });
    expect([exitCode, out]).toEqual([0, `✔ The report is in ${file}\n`]);
    expect(await readFile(file, 'utf8')).toMatch(/^<!doctype html>/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('writes over nothing, and follows no link', async () => {
    const taken = join(folder, 'taken');
    await symlink('/nowhere/at/all', taken);
    const { exitCode, errors } = await record(['report', 'pr-7f3a', '--out', taken], { session });
    expect(exitCode).toBe(2);
    expect(errors).toContain('exists already, and nothing is written over; name another file');
    const lost = await record(['report', 'pr-7f3a', '--out', join(folder, 'no', 'report.md')], { session });
    expect([lost.exitCode, lost.errors]).toEqual([
      2,
      expect.stringContaining('cannot be written: there is no folder '),
    ]);
  });

  it('refuses a form that there is not, before the engine is opened', async () => {
    const { exitCode, errors } = await record(['report', 'pr-7f3a', '--format', 'pdf']);
    expect(exitCode).toBe(2);
    expect(errors).toContain('It must be one of md, json, html.');
  });

  it('refuses two forms at once, of which one would be left out without a word', async () => {
    const { exitCode, errors } = await record(['report', 'pr-7f3a', '--json', '--format', 'md']);
    expect([exitCode, errors]).toEqual([2, expect.stringContaining('--format md')]);
  });
});
