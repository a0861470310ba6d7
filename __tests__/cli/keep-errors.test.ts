import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepErrors } from '../../cli/keep-errors.ts';
import { LogFile } from '../../cli/log-file.ts';
import { sampleReport } from './support/sample-promotion-report.ts';
import { fakeSession } from './support/fake-session.ts';

describe('the errors of a promotion in its log', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'keep-errors-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('are counted by severity, and told with their kind, their place, what was tried and what to do', async () => {
    const report = sampleReport();
    const error = {
      at: '2026-11-21T14:02:03.000Z',
      step: 'deploy',
      mode: 'run',
      attempt: 2,
      category: 'NETWORK',
      severity: 'HIGH',
      code: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED\u001b[2J',
      remedy: 'Start the service.',
    } as const;
    const errors = {
      ...report.errors,
      bySeverity: { CRITICAL: 0, HIGH: 1, MEDIUM: 1, LOW: 0 },
      list: [
        { ...error, then: 'tried again', backoffSeconds: 0.4 } as const,
        { ...error, mode: 'undo', severity: 'MEDIUM', code: null, then: 'gave up', backoffSeconds: null } as const,
      ],
    };
    const session = fakeSession({ report: () => Promise.resolve({ ...report, errors }) });
    const log = LogFile.create(join(folder, 'run.log'));
    await keepErrors(session, 'pr-7f3a', log);
    log.close();
    expect(await readFile(log.path, 'utf8')).toBe(`
Errors:
CRITICAL 0 · HIGH 1 · MEDIUM 1 · LOW 0
2026-11-21T14:02:03.000Z deploy, attempt 2: HIGH NETWORK ECONNREFUSED: connect ECONNREFUSED\\u001b[2J
    tried again after 0.4 s; what to do: Start the service.
2026-11-21T14:02:03.000Z undoing deploy, attempt 2: MEDIUM NETWORK: connect ECONNREFUSED\\u001b[2J
    gave up; what to do: Start the service.
`);
  });
});
