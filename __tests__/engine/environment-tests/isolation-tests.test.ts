import { isolationTests } from '../../../engine/environment-tests/isolation-tests.ts';
import type { DeploymentStatus } from '../../../engine/deployment/deployment-target.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import {
  closeServers,
  deployed,
  environment,
  keys,
  linesOf,
  other,
  serve,
  serviceTarget,
  testContext,
  testing,
} from './tested-environment.ts';
import { tokenServer } from './token-server.ts';

afterEach(closeServers);

const configuration = (branch: string) => ({ repository: 'configuration', branch, path: 'values.yaml' });

/** Which database a name leads to, and what runs elsewhere. */
function world(identities: Readonly<Record<string, string | undefined>>, staging: DeploymentStatus) {
  const database = Object.assign(new MemoryDatabase(), {
    async health(name: string) {
      const base = await new MemoryDatabase().health();
      const identity = identities[name];
      return { ...base, ...(identity === undefined ? {} : { identity }) };
    },
  });
  const deployment = Object.assign(new MemoryDeployment(), { status: () => Promise.resolve(staging) });
  return { database, deployment };
}

const dev = environment('dev', { database: 'shop-dev', configuration: configuration('dev') });
const staging = { database: 'shop-staging', configuration: configuration('staging') };

describe('tests of isolation', () => {
  it('pass when ports, database and configuration are the environment’s own', async () => {
    const context = testContext({
      target: dev,
      status: deployed({ web: 'http://127.0.0.1:4001' }),
      others: [other('staging', staging)],
      ports: world({ 'shop-dev': 'a', 'shop-staging': 'b' }, deployed({ web: 'http://127.0.0.1:5001' })),
    });
    expect(await linesOf(isolationTests, context)).toEqual([
      'ports apart from staging: passed, 1 of its own',
      'database apart from staging: passed, shop-dev and shop-staging are two',
      'configuration apart from staging: passed, values.yaml on dev',
    ]);
  });

  it('fail when two environments share a port, a database under two names, or a file', async () => {
    const context = testContext({
      target: dev,
      status: deployed({ web: 'http://127.0.0.1:4001' }),
      others: [other('staging', { ...staging, configuration: configuration('dev') })],
      ports: world({ 'shop-dev': 'same', 'shop-staging': 'same' }, deployed({ api: 'http://127.0.0.1:4001' })),
    });
    expect(await linesOf(isolationTests, context)).toEqual([
      'ports apart from staging: failed, web is at 127.0.0.1:4001 in both',
      'database apart from staging: failed, shop-dev and shop-staging lead to the same database',
      'configuration apart from staging: failed, both read values.yaml on dev',
    ]);
    const named = { ...context, others: [other('staging', { ...staging, database: 'shop-dev' })] };
    expect((await linesOf(isolationTests, named))[1]).toBe('database apart from staging: failed, both are shop-dev');
  });

  it('leave untested what cannot be known of the other one', async () => {
    const context = testContext({
      target: dev,
      status: deployed({ web: 'http://127.0.0.1:4001' }),
      others: [
        other('staging', staging),
        { ...other('production', { database: undefined }), notDriven: 'kind argocd' },
      ],
      ports: world({}, deployed({})),
    });
    const lines = await linesOf(isolationTests, context);
    expect(lines).toContain('ports apart from staging: untested, nothing runs in staging');
    expect(lines).toContain('ports apart from production: untested, kind argocd');
    expect(lines).toContain('database apart from staging: untested, their servers do not tell which database is which');
    expect(lines).toContain('database apart from production: untested, one of them has none');
  });

  it('find a service that takes tokens of another environment', async () => {
    const jwt = (secret: string) => ({ secret, issuer: 'shop', audience: 'orders', subject: 'promotion-test' });
    const rules = testing({
      jwt: jwt('jwt-dev'),
      protectedEndpoints: [{ service: 'orders', path: '/orders', method: 'GET' }],
    });
    const run = async (key: string) => {
      const orders = await serve(tokenServer(key));
      const context = testContext({
        target: environment('dev', { services: [serviceTarget('orders')] }),
        status: deployed({ orders }),
        testing: rules,
        others: [other('staging', {}, { jwt: jwt('jwt-staging') })],
        ports: world({}, deployed({})),
      });
      return (await linesOf(isolationTests, context)).at(-1);
    };
    const test = 'orders GET /orders refuses a token of staging';
    expect(await run(keys['jwt-dev'])).toBe(`${test}: passed, answered 401`);
    expect(await run(keys['jwt-staging'])).toBe(`${test}: failed, answered 200`);
  });
});
