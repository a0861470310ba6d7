import { DatabaseFunctionAwayError } from '../../../engine/database/database-function-error.ts';
import { expect } from '@jest/globals';
import type { DeploymentStatus } from '../../../engine/deployment/deployment-target.ts';
import { inspectEnvironment, type InspectionRequest } from '../../../engine/inspection/inspect-environment.ts';
import type { ServiceObservation } from '../../../engine/metrics/metrics-source.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { alert, MemoryMetrics, observed } from '../../support/memory-metrics.ts';
import { withObjectives } from '../gates/watched-environments.ts';

const { signal } = new AbortController();
const at = new Date('2026-11-20T10:00:00.000Z');
const digest = `sha256:${'a'.repeat(64)}`;
const target = { ...withObjectives().target, database: 'shop-staging' };

function request(more: Partial<InspectionRequest> = {}): InspectionRequest {
  return {
    application: 'shop',
    target,
    at,
    notDriven: { deployment: undefined, metrics: undefined },
    releaseOf: (service, image) => (service === 'api' && image === digest ? 'v2' : undefined),
    ...more,
  };
}

interface World {
  readonly observation?: Partial<ServiceObservation> | undefined;
  readonly status?: () => Promise<DeploymentStatus>;
  readonly answer?: { readonly status: number | undefined; readonly message?: string };
  readonly application?: string;
}

/** staging with one service, as a test says. */
async function world({ observation, status, answer = { status: 200 }, application = 'shop' }: World = {}) {
  const deployment = new MemoryDeployment();
  const services = [{ name: 'api', repository: 'api', digest }];
  const desired = { application, release: 'v2', configurationCommit: 'c', services };
  await deployment.apply('staging', desired, 0, { key: 'p:deploy', fence: 1, signal });
  const metrics = new MemoryMetrics();
  metrics.observations = {
    staging: (span) => ({ services: observation === undefined ? [] : [observed('api', span, observation)] }),
  };
  metrics.alerts = { staging: { evaluatedAt: at, alerts: [alert('api/down')] } };
  return {
    deployment: status === undefined ? deployment : Object.assign(deployment, { status }),
    database: new MemoryDatabase(),
    metrics,
    probe: {
      probe: async (url: string) => ({
        url,
        status: answer.status,
        isHealthy: answer.status === 200,
        responseTimeMs: 12.5,
        message: answer.message,
      }),
    },
  };
}

describe('how an environment does', () => {
  it('is its services with version, health, response time, errors, memory and processor, and its database', async () => {
    const ports = await world({ observation: { requests: 200, failed: 3, restarts: 0 } });
    const report = await inspectEnvironment(ports, request(), signal);
    expect(report).toMatchObject({
      application: 'shop',
      environment: 'staging',
      at,
      deployment: { isKnown: true, phase: 'available', release: 'v2' },
      database: { isReachable: true, name: 'shop-staging', connectMs: 3, queryMs: 1, schemaVersion: 0 },
      alerts: { isKnown: true, open: [{ id: 'api/down' }] },
      measuredSeconds: 300,
    });
    expect(report.services).toEqual([
      {
        service: 'api',
        kind: 'api',
        isCritical: true,
        digest,
        release: 'v2',
        url: 'http://127.0.0.1:9',
        health: 'healthy',
        trouble: undefined,
        responseTimeMs: { isKnown: true, value: 12.5 },
        requests: { isKnown: true, value: 200 },
        errorRatePercent: { isKnown: true, value: 1.5 },
        p95Ms: { isKnown: true, value: 80 },
        memoryBytes: { isKnown: true, value: 50_000_000 },
        cpuPercent: { isKnown: true, value: 5 },
        restarts: { isKnown: true, value: 0 },
      },
    ]);
  });

  it('says why a number is not known, and never makes it 0', async () => {
    const unknown = (report: Awaited<ReturnType<typeof inspectEnvironment>>) =>
      Object.entries<unknown>({ ...report.services[0] }).flatMap(([name, value]) =>
        typeof value === 'object' && value !== null && 'why' in value ? [[name, value.why] as const] : [],
      );
    const idle = await inspectEnvironment(
      await world({ observation: { requests: 0, failed: 0, p95Ms: undefined } }),
      request(),
      signal,
    );
    const nobody = 'nobody asked api for anything in this time';
    expect(unknown(idle)).toEqual([
      ['errorRatePercent', nobody],
      ['p95Ms', nobody],
    ]);
    const uncounted = await inspectEnvironment(await world({ observation: { countedSeconds: 0 } }), request(), signal);
    expect(unknown(uncounted).map(([name]) => name)).toEqual(['requests', 'errorRatePercent', 'p95Ms']);
    const unmeasured = await inspectEnvironment(await world(), request(), signal);
    expect(unknown(unmeasured)).toEqual(
      ['requests', 'errorRatePercent', 'p95Ms', 'memoryBytes', 'cpuPercent'].map((name) => [
        name,
        'nothing was measured of api in this time',
      ]),
    );
  });

  it('shows memory and processor of now only', async () => {
    const longAgo = new Date(at.getTime() - 90_000);
    const report = await inspectEnvironment(await world({ observation: { lastSeenAt: longAgo } }), request(), signal);
    const why = 'api was last looked at 1.5 min ago';
    expect(report.services[0]).toMatchObject({
      memoryBytes: { isKnown: false, why },
      cpuPercent: { isKnown: false, why },
      requests: { isKnown: true },
    });
  });

  it('keeps what a sick service said, and takes no answer for no response time', async () => {
    const sick = await inspectEnvironment(
      await world({ answer: { status: 503, message: 'the database is gone' } }),
      request(),
      signal,
    );
    expect(sick.services[0]).toMatchObject({
      health: 'sick',
      trouble: 'the database is gone',
      responseTimeMs: { isKnown: true },
    });
    const silent = await inspectEnvironment(
      await world({ answer: { status: undefined, message: 'connect ECONNREFUSED' } }),
      request(),
      signal,
    );
    expect(silent.services[0]).toMatchObject({
      health: 'sick',
      responseTimeMs: { isKnown: false, why: 'connect ECONNREFUSED' },
    });
  });

  it('knows nothing of a deployment that does not answer, of another application, or that is not driven', async () => {
    const broken = await world({ status: () => Promise.reject(new Error('no such folder')) });
    expect(await inspectEnvironment(broken, request(), signal)).toMatchObject({
      deployment: { isKnown: false, why: 'no such folder' },
      services: [{ health: 'unknown', trouble: 'no such folder', restarts: { isKnown: false } }],
    });
    const other = await world({ application: 'billing' });
    expect((await inspectEnvironment(other, request(), signal)).deployment).toEqual({
      isKnown: false,
      why: 'staging runs billing, not shop',
    });
    const notDriven = { deployment: 'deployment kind argocd is not driven', metrics: 'metrics kind x is not read' };
    expect(await inspectEnvironment(await world(), request({ notDriven }), signal)).toMatchObject({
      deployment: { isKnown: false, why: notDriven.deployment },
      alerts: { isKnown: false, why: notDriven.metrics },
      services: [{ requests: { isKnown: false, why: notDriven.metrics } }],
    });
  });

  it('says why the database cannot be reached', async () => {
    const ports = await world();
    const health = () => Promise.reject(new Error('Database "shop-staging" could not be reached (ECONNREFUSED).'));
    const database = Object.assign(ports.database, { health });
    expect((await inspectEnvironment({ ...ports, database }, request(), signal)).database).toMatchObject({
      isReachable: false,
      name: 'shop-staging',
      why: expect.stringContaining('ECONNREFUSED'),
    });
    const away = () => Promise.reject(new DatabaseFunctionAwayError('http://127.0.0.1:1', 'ECONNREFUSED', undefined));
    const unknown = Object.assign(ports.database, { health: away });
    expect((await inspectEnvironment({ ...ports, database: unknown }, request(), signal)).database).toMatchObject({
      isFunctionAway: true,
    });
    const without = request({ target: { ...target, database: undefined } });
    expect((await inspectEnvironment(ports, without, signal)).database).toBeUndefined();
  });

  it('says that nobody looked for alerts, instead of that there are none', async () => {
    const ports = await world();
    ports.metrics.alerts = {};
    expect((await inspectEnvironment(ports, request(), signal)).alerts).toMatchObject({ isKnown: false });
  });
});
