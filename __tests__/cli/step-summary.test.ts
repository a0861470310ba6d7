import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NotFoundError } from '../../engine/promotion-service.ts';
import { sampleReport } from './support/sample-promotion-report.ts';
import { sampleView } from '../../scripts/sample-promotion.ts';
import { fakeSession } from './support/fake-session.ts';
import { record } from './support/recorded-command.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'step-summary-'));
  file = join(folder, 'summary.md');
  await writeFile(file, '# the job\n');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const following = (report = () => Promise.resolve(sampleReport())) =>
  fakeSession({ run: () => Promise.resolve('pr-7f3a'), view: () => Promise.resolve(sampleView()), report });
const run = (environment: Readonly<Record<string, string>>, session = following()) =>
  record(['run', 'shop'], { session, environment });

describe('the summary of a CI step', () => {
  it('is appended when the variable names its file, whoever wrote there before', async () => {
    expect((await run({ GITHUB_STEP_SUMMARY: file })).exitCode).toBe(0);
    const text = await readFile(file, 'utf8');
    expect(text).toMatch(/^# the job\n# shop v2: dev → staging\n/);
    expect(text).toContain('- Outcome: promoted');
    expect(text).not.toContain('## Timeline');
  });

  it.each([[{}], [{ GITHUB_STEP_SUMMARY: '' }]])('is not asked for with %j', async (environment) => {
    const notAsked = (): never => {
      throw new Error('nobody asked for a report');
    };
    expect(await run(environment, following(notAsked))).toMatchObject({ exitCode: 0, errors: '' });
  });

  it('is written through no link, into no folder, and into nothing new', async () => {
    const link = join(folder, 'link');
    await symlink(file, link);
    for (const [place, why] of [
      [link, `${link} is a link that leads nowhere, or may not be followed`],
      [folder, `${folder} is a folder and no file`],
      [join(folder, 'new'), `there is no file or folder ${join(folder, 'new')}`],
    ] as const) {
      const { exitCode, errors } = await run({ GITHUB_STEP_SUMMARY: place });
      expect([exitCode, errors]).toEqual([
        0,
        expect.stringContaining(`no summary was written to GITHUB_STEP_SUMMARY: ${why}`),
      ]);
    }
    expect(await readFile(file, 'utf8')).toBe('# the job\n');
  });

  it('changes nothing about the promotion when it cannot be made', async () => {
    const session = following(() => Promise.reject(new NotFoundError('there is no promotion pr-7f3a')));
    expect(await run({ GITHUB_STEP_SUMMARY: file }, session)).toMatchObject({ exitCode: 0 });
    expect(await readFile(file, 'utf8')).toBe('# the job\n');
  });
});
