import { expect } from '@jest/globals';
import { securityTests } from '../../../engine/environment-tests/security-tests.ts';
import {
  answers,
  closeServers,
  deployed,
  environment,
  keys,
  linesOf,
  resultsOf,
  serve,
  serviceTarget,
  testContext,
  testing,
} from './tested-environment.ts';
import { tokenServer, type Weakness } from './token-server.ts';

afterEach(closeServers);

const protectedOrders = testing({
  jwt: { secret: 'jwt-dev', issuer: 'shop', audience: 'orders', subject: 'promotion-test' },
  protectedEndpoints: [{ service: 'orders', path: '/orders', method: 'GET' }],
});

async function contextOf(weakness: Weakness, rules = protectedOrders) {
  const orders = await serve(tokenServer(keys['jwt-dev'], weakness));
  return testContext({
    target: environment('dev', { services: [serviceTarget('orders')] }),
    status: deployed({ orders }),
    testing: rules,
  });
}

describe('tests of security', () => {
  it('pass when a protected endpoint refuses whoever brings no token, none that is one, or a wrong one', async () => {
    expect(await linesOf(securityTests, await contextOf('none'))).toEqual(
      ['no token', 'a token that is none', 'a forged token', 'an unsigned token', 'an expired token'].map(
        (who) => `orders GET /orders refuses ${who}: passed, answered 401`,
      ),
    );
  });

  it.each<[Weakness, string]>([
    ['takes-anything', 'no token'],
    ['takes-any-key', 'a forged token'],
    ['takes-no-signature', 'an unsigned token'],
    ['takes-expired', 'an expired token'],
  ])('fail for a service that %s, and say what it took', async (weakness, who) => {
    const results = await resultsOf(securityTests, await contextOf(weakness));
    const failed = results.filter(({ verdict }) => verdict === 'failed');
    expect(failed[0]).toMatchObject({
      name: `orders GET /orders refuses ${who}`,
      detail: 'answered 200',
      remedy: expect.stringContaining('promote hold shop --env dev --reason'),
    });
    if (weakness !== 'takes-anything') expect(failed).toHaveLength(1);
  });

  it('do not take silence or an error for a refusal', async () => {
    const context = await contextOf('none');
    const silent = { ...context, status: deployed({ orders: 'http://127.0.0.1:9' }) };
    expect((await resultsOf(securityTests, silent)).every(({ verdict }) => verdict === 'failed')).toBe(true);
    const broken = await serve(answers({ '/orders': 500 }));
    const erring = { ...context, status: deployed({ orders: broken }) };
    expect((await linesOf(securityTests, erring))[0]).toBe('orders GET /orders refuses no token: failed, answered 500');
  });

  it('fail where a token cannot be made, instead of passing over it', async () => {
    const jwt = { secret: 'jwt-never-made', issuer: 'shop', audience: 'orders', subject: 'promotion-test' };
    const results = await resultsOf(securityTests, await contextOf('none', { ...protectedOrders, jwt }));
    expect(results.at(-1)).toMatchObject({
      name: 'orders GET /orders refuses an expired token',
      verdict: 'failed',
      detail: expect.stringContaining('the secret jwt-never-made is not set'),
    });
  });

  it('find a sensitive endpoint that tells something to anybody', async () => {
    const web = await serve(answers({ '/api/orders': '[]', '/api/closed': 403 }));
    const context = testContext({
      status: deployed({ web }),
      testing: testing({
        sensitiveEndpoints: [
          { service: 'web', path: '/api/orders', method: 'GET' },
          { service: 'web', path: '/api/closed', method: 'GET' },
        ],
      }),
    });
    expect(await linesOf(securityTests, context)).toEqual([
      'web GET /api/orders tells nothing without credentials: failed, answered 200',
      'web GET /api/closed tells nothing without credentials: passed, answered 403',
    ]);
  });

  it('test nothing where the rules name no endpoint, which is no pass', async () => {
    expect((await resultsOf(securityTests, testContext())).map(({ verdict }) => verdict)).toEqual(['untested']);
  });
});
