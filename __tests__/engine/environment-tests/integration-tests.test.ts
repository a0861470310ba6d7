import { integrationTests } from '../../../engine/environment-tests/integration-tests.ts';
import { answers, closeServers, deployed, linesOf, serve, testContext, testing } from './tested-environment.ts';

afterEach(closeServers);

describe('tests of integration', () => {
  it('pass where an answer comes that needs the other service, and fail where it does not hold what that one says', async () => {
    const web = await serve(answers({ '/': '<li data-sku="1">', '/empty': '<p>Nothing here</p>', '/down': 502 }));
    const calls = { service: 'web', calls: 'catalogue', contains: 'data-sku=' };
    const rules = testing({
      integrations: [
        { ...calls, path: '/' },
        { ...calls, path: '/empty' },
        { ...calls, path: '/down' },
        { service: 'web', calls: 'catalogue', path: '/' },
      ],
    });
    expect(await linesOf(integrationTests, testContext({ status: deployed({ web }), testing: rules }))).toEqual([
      'web reaches catalogue (/): passed, answered 200',
      'web reaches catalogue (/empty): failed, answered 200, without "data-sku="',
      'web reaches catalogue (/down): failed, answered 502',
      'web reaches catalogue (/): passed, answered 200',
    ]);
  });

  it('test nothing where the rules name none', async () => {
    expect(await linesOf(integrationTests, testContext())).toEqual([
      'services: untested, the rules name no integrations of dev',
    ]);
  });
});
