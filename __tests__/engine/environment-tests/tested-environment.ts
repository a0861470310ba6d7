import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { DeploymentStatus } from '../../../engine/deployment/deployment-target.ts';
import type {
  OtherEnvironment,
  RunCategory,
  TestContext,
  TestResult,
} from '../../../engine/environment-tests/environment-test.ts';
import { HttpHealthProbe } from '../../../engine/metrics/http-health-probe.ts';
import { localOutboundPolicy } from '../../../engine/outbound/address-policy.ts';
import { HttpCaller } from '../../../engine/outbound/http-call.ts';
import { testingSchema, type Testing } from '../../../engine/rules/testing-schema.ts';
import { EnvironmentSecrets } from '../../../engine/secrets/environment-secrets.ts';
import { SecretTokenSigner } from '../../../engine/secrets/secret-token-signer.ts';
import type { EnvironmentTarget, ServiceTarget } from '../../../engine/workflow/definition.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { noActions } from '../../support/no-actions.ts';
import { sampleDefinition, sampleRelease } from '../workflow/sample-promotion.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const servers: Server[] = [];

/** A real service that answers as a test says. @returns its address. */
export async function serve(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    Promise.resolve(answer(request, response)).catch(() => response.destroy());
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${String(typeof address === 'object' && address !== null ? address.port : 0)}`;
}

export async function closeServers(): Promise<void> {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
}

/** Answers with a status (and a text) by path; a number of milliseconds first where a test says so. */
export function answers(byPath: Readonly<Record<string, number | string>>, delayMs = 0): Answer {
  return async ({ url = '' }, response) => {
    await pause(delayMs);
    const found = byPath[url];
    response.writeHead(typeof found === 'number' ? found : found === undefined ? 404 : 200);
    response.end(typeof found === 'string' ? found : '');
  };
}

export function serviceTarget(name: string, more: Partial<ServiceTarget> = {}): ServiceTarget {
  return {
    name,
    kind: 'api',
    isCritical: true,
    healthUrl: '/healthz',
    smokeUrls: [],
    startupTimeoutSeconds: 10,
    healthCheckTimeoutSeconds: 2,
    ...more,
  };
}

/** What is deployed: each service with its address. */
export function deployed(addresses: Readonly<Record<string, string>>): DeploymentStatus {
  return {
    generation: 1,
    observedGeneration: 1,
    desired: undefined,
    phase: Object.keys(addresses).length === 0 ? 'empty' : 'available',
    message: undefined,
    services: Object.entries(addresses).map(([name, url]) => ({
      name,
      digest: `sha256:${'a'.repeat(64)}`,
      isReady: true,
      url,
      restarts: 0,
    })),
    traffic: { requests: 0, failed: 0 },
  };
}

/** The keys that the environments of a test sign with. */
export const keys = { 'jwt-dev': 'dev'.repeat(16), 'jwt-staging': 'staging'.repeat(8) };

export function testing(more: Partial<Testing> = {}): Testing {
  return { ...testingSchema.parse({}), ...more };
}

export function environment(name: string, more: Partial<EnvironmentTarget> = {}): EnvironmentTarget {
  return { ...sampleDefinition([]).target, name, ...more };
}

export function other(
  name: string,
  more: Partial<EnvironmentTarget> = {},
  rules: Partial<Testing> = {},
): OtherEnvironment {
  return { target: environment(name, more), testing: testing(rules), notDriven: undefined };
}

/** A test of dev; a real HTTP client and real tokens, everything else as a test says. */
export function testContext(
  more: Partial<Omit<TestContext, 'ports'>> & { readonly ports?: Partial<TestContext['ports']> } = {},
): TestContext {
  const http = new HttpCaller(localOutboundPolicy);
  const { ports, ...rest } = more;
  return {
    application: 'shop',
    target: environment('dev'),
    testing: testing(),
    customTests: [],
    others: [],
    release: sampleRelease,
    status: deployed({}),
    privateNetworks: [],
    now: new Date(),
    signal: new AbortController().signal,
    log: () => undefined,
    ...rest,
    ports: {
      deployment: new MemoryDeployment(),
      database: new MemoryDatabase(),
      probe: new HttpHealthProbe(http),
      actions: noActions,
      http,
      tokens: new SecretTokenSigner(new EnvironmentSecrets(keys)),
      ...ports,
    },
  };
}

export async function resultsOf(run: RunCategory, context: TestContext): Promise<readonly TestResult[]> {
  const results: TestResult[] = [];
  for await (const result of run(context)) results.push(result);
  return results;
}

/** `name: verdict, detail`, a line each. */
export async function linesOf(run: RunCategory, context: TestContext): Promise<readonly string[]> {
  return (await resultsOf(run, context)).map(({ name, verdict, detail }) => `${name}: ${verdict}, ${detail}`);
}
