import { expect } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { ActionRunner } from '../../../engine/actions/action-runner.ts';
import { CommandRunner } from '../../../engine/actions/command-runner.ts';
import { customTests } from '../../../engine/environment-tests/custom-tests.ts';
import { actionSchema } from '../../../engine/rules/action-schema.ts';
import { EnvironmentSecrets } from '../../../engine/secrets/environment-secrets.ts';
import { deployed, linesOf, resultsOf, testContext } from './tested-environment.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/custom-tests-`);
});
afterAll(() => rm(folder, { recursive: true }));

const shell = (name: string, script: string) => ({
  name,
  action: actionSchema.parse({ kind: 'command', command: ['sh', '-c', script] }),
});

describe('tests of the team’s own', () => {
  it('are run with what runs there and where it is reached, and fail by their exit status', async () => {
    const printed: string[] = [];
    const runner = new CommandRunner({ folder, secrets: new EnvironmentSecrets({}), path: process.env['PATH'] ?? '' });
    const actions: ActionRunner = {
      run(request) {
        if (request.action.kind !== 'command') throw new Error('these tests run commands only');
        return runner.run(request.action, request);
      },
    };
    const context = testContext({
      customTests: [
        shell('checkout', 'echo "$RELEASE in $TO_ENV at $SERVICE_URL_WEB ($PROMOTION_PURPOSE)"'),
        shell('returns', 'echo "nothing came back" >&2; exit 3'),
      ],
      status: deployed({ web: 'http://127.0.0.1:4001' }),
      log: (test, line) => printed.push(`${test}: ${line}`),
      ports: { actions },
    });
    const results = await resultsOf(customTests, context);
    expect(results).toMatchObject([
      { category: 'custom', name: 'checkout', verdict: 'passed' },
      { name: 'returns', verdict: 'failed', detail: expect.stringContaining('3'), remedy: expect.any(String) },
    ]);
    expect(printed).toContain('checkout: v2 in dev at http://127.0.0.1:4001 (test)');
    expect(printed).toContain('returns: nothing came back');
  });

  it('fail when they cannot be run at all, and when nobody knows what runs there', async () => {
    const tests = [shell('checkout', 'true')];
    expect((await linesOf(customTests, testContext({ customTests: tests })))[0]).toMatch(
      /^checkout: failed, could not be run/,
    );
    expect(await linesOf(customTests, testContext({ customTests: tests, release: undefined }))).toEqual([
      'checkout: failed, which release runs in dev is not recorded',
    ]);
  });

  it('are none where the rules name none', async () => {
    expect(await linesOf(customTests, testContext())).toEqual([
      'tests of your own: untested, the rules name none for dev',
    ]);
  });
});
