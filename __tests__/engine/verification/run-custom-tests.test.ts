import type { ActionOutcome, ActionRequest } from '../../../engine/actions/action-runner.ts';
import { VerificationFailedError } from '../../../engine/deployment/deployment-failed-error.ts';
import { customTestSchema, runCustomTests } from '../../../engine/verification/run-custom-tests.ts';
import type { StepContext } from '../../../engine/workflow/step-definition.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { sampleDefinition, samplePromotion, sampleRelease } from '../workflow/sample-promotion.ts';

const { signal } = new AbortController();
const tests = ['checkout', 'search'].map((name) =>
  customTestSchema.parse({ name, action: { kind: 'command', command: [`./${name}`] } }),
);

async function run(outcomes: readonly ActionOutcome[]) {
  const requests: ActionRequest[] = [];
  const lines: string[] = [];
  const left = [...outcomes];
  const deployment = new MemoryDeployment('http://127.0.0.1:20000');
  const services = [{ name: 'api', repository: 'staging/api', digest: `sha256:${'a'.repeat(64)}` }];
  const effect = { key: 'pr-1:verify', fence: 3, signal };
  await deployment.apply(
    'staging',
    { application: 'shop', release: 'v2', configurationCommit: 'c', services },
    0,
    effect,
  );
  const actions = {
    run: async (request: ActionRequest): Promise<ActionOutcome> => {
      requests.push(request);
      return left.shift() ?? { kind: 'succeeded', detail: 'ok' };
    },
  };
  const context = {
    promotion: samplePromotion(sampleDefinition([])),
    release: sampleRelease,
    effect,
    ports: { actions },
    log: (line: string) => lines.push(line),
  } as unknown as StepContext<unknown>;
  const ended = await runCustomTests(context, tests, await deployment.status()).catch((error: unknown) => error);
  return { requests, lines, ended };
}

describe('tests of the team’s own', () => {
  it('are told where the services of the target are', async () => {
    const { requests, lines, ended } = await run([]);
    expect(ended).toBeUndefined();
    expect(requests.map(({ facts }) => facts)).toMatchObject([
      { PROMOTION_STEP: 'checkout', PROMOTION_KEY: 'pr-1:verify:checkout', SERVICE_URL_API: 'http://127.0.0.1:20000' },
      { PROMOTION_STEP: 'search', PROMOTION_PURPOSE: 'test' },
    ]);
    expect(lines).toEqual(['test checkout: passed', 'test search: passed']);
  });

  it('fail the verification, with their words', async () => {
    const { requests, ended } = await run([{ kind: 'failed', detail: 'exit status 1: 500', mayPass: false }]);
    expect(ended).toBeInstanceOf(VerificationFailedError);
    expect(ended).toMatchObject({ message: 'test checkout failed: exit status 1: 500' });
    expect(requests).toHaveLength(1);
  });

  it('are tried again when they say that it may help', async () => {
    const { ended } = await run([{ kind: 'failed', detail: 'exit status 75', mayPass: true }]);
    expect(ended).toMatchObject({ name: 'ActionNotYetError' });
  });
});
