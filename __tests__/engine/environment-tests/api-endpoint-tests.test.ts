import { apiEndpointTests } from '../../../engine/environment-tests/api-endpoint-tests.ts';
import {
  answers,
  closeServers,
  deployed,
  environment,
  keys,
  linesOf,
  serve,
  serviceTarget,
  testContext,
  testing,
} from './tested-environment.ts';
import { tokenServer } from './token-server.ts';

afterEach(closeServers);

describe('tests of endpoints', () => {
  it('pass where every address answers with success, and fail where one does not', async () => {
    const web = await serve(answers({ '/': 'hello', '/broken': 500 }));
    const services = [
      serviceTarget('web', { smokeUrls: ['/', '/broken', '/nowhere'] }),
      serviceTarget('gone', { smokeUrls: ['/'] }),
    ];
    const context = testContext({ target: environment('dev', { services }), status: deployed({ web }) });
    expect(await linesOf(apiEndpointTests, context)).toEqual([
      'web GET /: passed, answered 200',
      'web GET /broken: failed, answered 500',
      'web GET /nowhere: failed, answered 404',
      'gone GET /: failed, did not answer: the deployment reports no service called gone',
    ]);
  });

  it('bring a genuine token where one is needed, and change nothing', async () => {
    const orders = await serve(tokenServer(keys['jwt-dev']));
    const rules = testing({
      jwt: { secret: 'jwt-dev', issuer: 'shop', audience: 'orders', subject: 'promotion-test' },
      protectedEndpoints: [
        { service: 'orders', path: '/orders', method: 'GET' },
        { service: 'orders', path: '/orders', method: 'POST' },
      ],
    });
    const context = testContext({ status: deployed({ orders }), testing: rules });
    expect(await linesOf(apiEndpointTests, context)).toEqual([
      'orders GET /orders with a genuine token: passed, answered 200',
    ]);
    const elsewhere = await serve(tokenServer(keys['jwt-staging']));
    expect(await linesOf(apiEndpointTests, { ...context, status: deployed({ orders: elsewhere }) })).toEqual([
      'orders GET /orders with a genuine token: failed, answered 401',
    ]);
  });

  it('test nothing where the rules name no address', async () => {
    expect((await linesOf(apiEndpointTests, testContext()))[0]).toMatch(/^endpoints: untested/);
  });
});
