import type { HealthProbe } from '../../../engine/metrics/health-probe.ts';
import { lookAtServices, sickServices } from '../../../engine/verification/look-at-services.ts';
import type { ServiceTarget } from '../../../engine/workflow/definition.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { sampleDefinition } from '../workflow/sample-promotion.ts';

const { signal } = new AbortController();
const service = (name: string, more: Partial<ServiceTarget> = {}): ServiceTarget => ({
  name,
  kind: 'api',
  isCritical: true,
  healthUrl: '/health',
  smokeUrls: [],
  startupTimeoutSeconds: 10,
  healthCheckTimeoutSeconds: 10,
  ...more,
});
const environment = (...services: readonly ServiceTarget[]) => ({ ...sampleDefinition([]).target, services });

async function deployed(...names: readonly string[]): Promise<MemoryDeployment> {
  const deployment = new MemoryDeployment('http://127.0.0.1:8080');
  const services = names.map((name) => ({ name, repository: name, digest: `sha256:${'0'.repeat(64)}` }));
  const desired = { application: 'shop', release: 'v1', configurationCommit: 'c', services };
  await deployment.apply('staging', desired, 0, { key: 'k', fence: 1, signal });
  return deployment;
}

/** Answers each address as the test says; others are well. */
const probe = (
  sick: Readonly<Record<string, Partial<Awaited<ReturnType<HealthProbe['probe']>>>>> = {},
): HealthProbe => ({
  probe: async (url) => ({ url, status: 200, isHealthy: true, responseTimeMs: 7, message: undefined, ...sick[url] }),
});

describe('a look at the services of an environment', () => {
  it('asks each where the deployment says it is, or where the rules do', async () => {
    const services = [service('api'), service('web', { healthUrl: 'https://web.shop.example/up' })];
    const asked: string[] = [];
    const watching: HealthProbe = {
      probe: (url, timeoutSeconds, aborting) => {
        asked.push(url);
        return probe().probe(url, timeoutSeconds, aborting);
      },
    };
    const { looks } = await lookAtServices(
      { deployment: await deployed('api', 'web'), probe: watching },
      environment(...services),
      signal,
    );
    expect(asked.toSorted()).toEqual(['http://127.0.0.1:8080/health', 'https://web.shop.example/up']);
    expect(sickServices(looks)).toEqual([]);
  });

  it('names those that must be well and are not, in their own words', async () => {
    const sick = {
      'https://a/': { isHealthy: false, status: 503, message: undefined },
      'https://b/': { isHealthy: false, message: 'refused' },
    };
    const services = [
      service('a', { healthUrl: 'https://a/' }),
      service('b', { healthUrl: 'https://b/' }),
      service('c', { healthUrl: 'https://b/', isCritical: false }),
    ];
    const { looks } = await lookAtServices(
      { deployment: await deployed(), probe: probe(sick) },
      environment(...services),
      signal,
    );
    expect(sickServices(looks)).toEqual(['a: HTTP 503', 'b: refused']);
  });

  it('does not take a service that the deployment does not report for one that is well', async () => {
    const looking = lookAtServices(
      { deployment: await deployed('web'), probe: probe() },
      environment(service('api')),
      signal,
    );
    await expect(looking).rejects.toThrow('the deployment reports no service called api');
  });
});
