import { performanceTests } from '../../../engine/environment-tests/performance-tests.ts';
import { closeServers, deployed, environment, linesOf, serviceTarget, testContext } from './tested-environment.ts';

afterEach(closeServers);

/** Answers as slowly as a test says, one time after the other, without anybody waiting for it. */
function takingMs(...times: readonly number[]) {
  let calls = 0;
  return {
    call: () => {
      const responseTimeMs = times[calls % times.length] ?? 0;
      calls += 1;
      const answer = { status: 200, statusText: 'OK', body: '', isCut: false, retryAfterSeconds: undefined };
      return Promise.resolve({ ...answer, responseTimeMs });
    },
  };
}

async function lines(http: ReturnType<typeof takingMs>, service: Parameters<typeof serviceTarget>[1]) {
  const context = testContext({
    target: environment('dev', { services: [serviceTarget('it', service)] }),
    status: deployed({ it: 'http://127.0.0.1:9' }),
    ports: { http },
  });
  return linesOf(performanceTests, context);
}

describe('tests of performance', () => {
  it.each([
    ['frontend', 4999, 'passed'],
    ['frontend', 5000, 'failed'],
    ['api', 1999, 'passed'],
    ['api', 2000, 'failed'],
    ['worker', 2000, 'failed'],
  ] as const)('expect of a %s that answers in %i ms that it is %s', async (kind, took, verdict) => {
    const bound = kind === 'frontend' ? '5' : '2';
    expect(await lines(takingMs(took), { kind })).toEqual([
      `it /healthz within ${bound} s: ${verdict}, ${String(took)} ms, the slowest of 3`,
    ]);
  });

  it('count the slowest of three answers, of every address', async () => {
    expect(await lines(takingMs(10, 3000, 20), { smokeUrls: ['/products'] })).toEqual([
      'it /healthz within 2 s: failed, 3000 ms, the slowest of 3',
      'it /products within 2 s: failed, 3000 ms, the slowest of 3',
    ]);
  });

  it('hold a service to its own bound where the rules give it one', async () => {
    expect(await lines(takingMs(600), { maximumResponseTimeSeconds: 0.5 })).toEqual([
      'it /healthz within 0.5 s: failed, 600 ms, the slowest of 3',
    ]);
  });

  it('fail for a service that does not answer at all', async () => {
    const context = testContext({
      target: environment('dev', { services: [serviceTarget('gone')] }),
      status: deployed({ gone: 'http://127.0.0.1:9' }),
    });
    expect((await linesOf(performanceTests, context))[0]).toMatch(/failed, did not answer: nothing listens at /);
  });
});
