import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { HttpHealthProbe } from '../../../engine/metrics/http-health-probe.ts';
import { localOutboundPolicy } from '../../../engine/outbound/address-policy.ts';
import { HttpCaller } from '../../../engine/outbound/http-call.ts';
import type { HealthProbe } from '../../../engine/metrics/health-probe.ts';
import type { Migration, Release } from '../../../engine/release.ts';
import type { EnvironmentTarget, ServiceTarget } from '../../../engine/workflow/definition.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { sampleDefinition, sampleRelease } from '../workflow/sample-promotion.ts';
import { judged, verdict } from './gate-fixture.ts';

const signal = new AbortController().signal;
const under = (fence: number) => ({ key: 'pr-1:deploy', fence, signal });
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
const withServices = (...services: readonly ServiceTarget[]) => {
  const environment = (name: 'source' | 'target'): EnvironmentTarget => ({ ...sampleDefinition([])[name], services });
  return { source: environment('source'), target: environment('target') };
};

let server: Server;
let status: number;
let deployment: MemoryDeployment;
beforeEach(async () => {
  status = 200;
  server = createServer((_, response) => {
    response.writeHead(status).end('here');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  deployment = new MemoryDeployment(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  const services = ['api', 'web'].map((name) => ({ name, repository: name, digest: sampleRelease.digest }));
  await deployment.apply(
    'dev',
    { application: 'shop', release: 'v1', configurationCommit: 'c', services },
    0,
    under(1),
  );
});
afterEach(async () => {
  server.close();
  await once(server, 'close');
});

describe('the gate health', () => {
  const health = { environment: 'source' };
  const ports = () => ({ deployment, probe: new HttpHealthProbe(new HttpCaller(localOutboundPolicy)) });

  it('passes when every critical service answers well', async () => {
    const definition = withServices(service('api'), service('web'));
    expect(await judged('health', health, { definition, ports: ports() })).toMatchObject({
      verdict: 'pass',
      detail: 'dev 2 healthy',
    });
  });

  it('fails when one does not, and says what it answered', async () => {
    status = 503;
    const answer = await judged('health', health, { definition: withServices(service('api')), ports: ports() });
    expect(answer).toMatchObject({
      verdict: 'fail',
      detail: expect.stringMatching(/dev is not healthy: api: answered 503/) as string,
    });
  });

  it('does not ask services that are not critical', async () => {
    const elsewhere = service('mailer', { isCritical: false, healthUrl: 'http://127.0.0.1:9/' });
    expect(
      await verdict('health', health, { definition: withServices(service('api'), elsewhere), ports: ports() }),
    ).toBe('pass');
  });

  it('fails when there is nothing to look at, or nothing is deployed, or the target does not answer', async () => {
    expect(await verdict('health', health, { definition: withServices(), ports: ports() })).toBe('fail');
    const empty = { ...ports(), deployment: new MemoryDeployment() };
    expect(await verdict('health', health, { definition: withServices(service('api')), ports: empty })).toBe('fail');
    expect(await verdict('health', health, { definition: withServices(service('api')), ports: {} })).toBe('fail');
  });
});

describe('the gate responseTimes', () => {
  const config = { maximumApiSeconds: 2, maximumFrontendSeconds: 5, environment: 'source' };
  const answering = (responseTimeMs: number): HealthProbe => ({
    probe: async (url) => ({ url, status: 200, isHealthy: true, responseTimeMs, message: undefined }),
  });
  const at = (milliseconds: number, kind: ServiceTarget['kind'] = 'api') =>
    verdict('responseTimes', config, {
      definition: withServices(service('api', { kind })),
      ports: { deployment, probe: answering(milliseconds) },
    });

  it('takes an answer that comes exactly in time, and none that comes later', async () => {
    expect([await at(2000), await at(2000.1)]).toEqual(['pass', 'fail']);
  });

  it('gives frontends longer', async () => {
    expect([await at(5000, 'frontend'), await at(5001, 'frontend'), await at(5000, 'worker')]).toEqual([
      'pass',
      'fail',
      'fail',
    ]);
  });

  it('fails on a time that is no number, on no answer, and on no service', async () => {
    expect(await at(Number.NaN)).toBe('fail');
    const silent = {
      deployment,
      probe: {
        probe: async (url: string) => ({
          url,
          status: undefined,
          isHealthy: false,
          responseTimeMs: 1,
          message: 'refused',
        }),
      },
    };
    expect(await verdict('responseTimes', config, { definition: withServices(service('api')), ports: silent })).toBe(
      'fail',
    );
    expect(await verdict('responseTimes', config, { definition: withServices(), ports: silent })).toBe('fail');
  });
});

describe('the gate migrations', () => {
  const migration = (version: number, more: Partial<Migration> = {}): Migration => ({
    version,
    name: `m${String(version)}`,
    kind: 'expand',
    transactional: true,
    up: 'select 1',
    down: 'select 1',
    downLosesData: false,
    checksum: String(version).repeat(64).slice(0, 64),
    ...more,
  });
  const release = (...migrations: readonly Migration[]): Release => ({
    ...sampleRelease,
    content: { ...sampleRelease.content, database: { schemaRange: { min: 0, max: 9 }, migrations: [...migrations] } },
  });
  const definition = { target: { ...sampleDefinition([]).target, database: 'shop-staging' } };
  let database: MemoryDatabase;
  beforeEach(async () => {
    database = new MemoryDatabase();
    await database.migrate('shop-staging', [migration(1)], under(1));
  });
  const verdictOf = (carried: Release, requireDown = true) =>
    verdict('migrations', { requireDown }, { release: carried, definition, ports: { database } });

  it('passes what has run there, and what is new with its way back', async () => {
    expect(await verdictOf(release(migration(1), migration(2)))).toBe('pass');
  });

  it('fails what ran there with other bytes', async () => {
    expect(await verdictOf(release(migration(1, { checksum: 'f'.repeat(64) })))).toBe('fail');
  });

  it('fails what has no way back where one is demanded, if it is still to run', async () => {
    expect(await verdictOf(release(migration(1), migration(2, { down: undefined })))).toBe('fail');
    expect(await verdictOf(release(migration(1), migration(2, { down: undefined })), false)).toBe('pass');
    expect(await verdictOf(release(migration(1, { down: undefined })))).toBe('pass');
  });

  it('fails when the database cannot be asked, and passes when there is none', async () => {
    expect(
      await verdict('migrations', { requireDown: false }, { release: release(migration(1)), definition, ports: {} }),
    ).toBe('fail');
    expect(await verdict('migrations', { requireDown: true }, { release: release(migration(1)), ports: {} })).toBe(
      'pass',
    );
  });
});
