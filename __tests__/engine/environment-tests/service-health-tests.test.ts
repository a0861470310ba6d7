import { serviceHealthTests } from '../../../engine/environment-tests/service-health-tests.ts';
import {
  answers,
  closeServers,
  deployed,
  environment,
  linesOf,
  resultsOf,
  serve,
  serviceTarget,
  testContext,
} from './tested-environment.ts';

afterEach(closeServers);

describe('tests of service health', () => {
  it('pass for every service that answers its health check, and fail for every one that does not', async () => {
    const well = await serve(answers({ '/healthz': 200 }));
    const sick = await serve(answers({ '/healthz': 503 }));
    const services = ['orders', 'web', 'gone', 'never-deployed'].map((name) => serviceTarget(name));
    const context = testContext({
      target: environment('dev', { services }),
      status: deployed({ orders: well, web: sick, gone: 'http://127.0.0.1:9' }),
    });
    const lines = await linesOf(serviceHealthTests, context);
    expect(lines[0]).toMatch(/^orders is healthy: passed, \/healthz in \d+ ms$/);
    expect(lines[1]).toMatch(/^web is healthy: failed, answered 503/);
    expect(lines[2]).toMatch(/^gone is healthy: failed, nothing listens at /);
    expect(lines[3]).toBe('never-deployed is healthy: failed, nothing of never-deployed is deployed to dev');
    expect((await resultsOf(serviceHealthTests, context))[1]?.remedy).toContain('promote status shop --env dev');
  });

  it('fail for every service when the deployment tells nothing', async () => {
    const context = testContext({
      target: environment('dev', { services: [serviceTarget('orders')] }),
      status: { why: 'the platform is not running' },
    });
    expect(await linesOf(serviceHealthTests, context)).toEqual([
      'orders is healthy: failed, the platform is not running',
    ]);
  });

  it('test nothing where there is no service', async () => {
    expect(await linesOf(serviceHealthTests, testContext())).toEqual([
      'services: untested, the rules name no services of shop',
    ]);
  });
});
