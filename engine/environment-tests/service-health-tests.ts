import { serviceAddress } from '../deployment/service-address.ts';
import type { TestContext, TestResult } from './environment-test.ts';
import { resultsOf } from './results.ts';

const { passed, failed, untested } = resultsOf('service-health');

/** Every service answers its health check with success. */
export async function* serviceHealthTests(context: TestContext): AsyncIterable<TestResult> {
  const { application, target, status, ports, signal } = context;
  if (target.services.length === 0) yield untested('services', `the rules name no services of ${application}`);
  const remedy = `promote status ${application} --env ${target.name} shows which release it is; promote doctor says why it is not well`;
  for (const { name, healthUrl, healthCheckTimeoutSeconds } of target.services) {
    const test = `${name} is healthy`;
    if ('why' in status) {
      yield failed(test, status.why, remedy);
      continue;
    }
    if (!healthUrl.includes('://') && !status.services.some((service) => service.name === name)) {
      yield failed(test, `nothing of ${name} is deployed to ${target.name}`, remedy);
      continue;
    }
    const url = serviceAddress(status, name, healthUrl);
    const { isHealthy, message, responseTimeMs } = await ports.probe.probe(url, healthCheckTimeoutSeconds, signal);
    yield isHealthy
      ? passed(test, `${healthUrl} in ${String(Math.round(responseTimeMs))} ms`)
      : failed(test, message ?? 'not healthy', remedy);
  }
}
