import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import { RefusedError, UnclearRequestError, UnknownNameError } from '../../../engine/service/service-errors.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { operator, promoter, rulesOf, rulesText, ServiceDesk, viewer } from './service-fixture.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let desk: ServiceDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  desk = await ServiceDesk.open(await server.createStoreDatabase());
});
afterEach(async () => {
  await desk.close();
});

const complete = (partial: Parameters<ServiceDesk['service']['completeRequest']>[1] = {}) =>
  desk.service.completeRequest(promoter, partial);

/** dev → qa and dev → staging, both of which lead on to production. */
function withTwoWays(): void {
  const text = rulesText()
    .replace('- from: qa\n    to: staging', '- from: dev\n    to: staging')
    .replace(
      '  - from: staging\n    to: production',
      '  - { from: qa, to: production }\n  - from: staging\n    to: production',
    );
  desk.rules = rulesOf(text);
}

describe('a request that leaves something out', () => {
  it('means the only application, the only path into an environment, and what runs at its beginning', async () => {
    expect(await complete({ to: 'qa' })).toEqual({ application: 'shop', release: 'v2', from: 'dev', to: 'qa' });
    expect(await complete({ from: 'staging' })).toEqual({
      application: 'shop',
      release: 'v1',
      from: 'staging',
      to: 'production',
    });
  });

  it('keeps what was said, with aliases resolved, whether or not that is allowed', async () => {
    expect(await complete({ application: 'shop', release: 'v9', from: 'dev', to: 'prod' })).toEqual({
      application: 'shop',
      release: 'v9',
      from: 'dev',
      to: 'production',
    });
  });

  it('is refused with the choices when several paths can be meant', async () => {
    await expect(complete()).rejects.toThrow(
      new UnclearRequestError(
        'there are several paths; choose of dev → qa, qa → staging, staging → production with --from and --to, or with FROM_ENV and TO_ENV',
        [],
      ),
    );
  });

  it('means the only path from where the named release is verified, of several', async () => {
    withTwoWays();
    await expect(complete({ to: 'production' })).rejects.toThrow(UnclearRequestError);
    await expect(complete({ to: 'production', release: 'v1' })).rejects.toThrow(
      'there are several paths to production; choose of qa → production, staging → production',
    );
    await desk.service.adopt(operator, 'shop', 'qa', 'v2');
    expect(await complete({ to: 'production', release: 'v2' })).toMatchObject({ from: 'qa' });
  });

  it('is refused when no path leads there, and when the name is of nothing', async () => {
    await expect(complete({ to: 'dev' })).rejects.toThrow(
      new UnclearRequestError(
        'there is no path to dev. Releases move dev → qa, qa → staging, staging → production',
        [],
      ),
    );
    await expect(complete({ to: 'nowhere' })).rejects.toThrow(UnknownNameError);
    await expect(complete({ application: 'shpo' })).rejects.toThrow(UnknownNameError);
  });

  it('is refused with the choices when the rules name several applications', async () => {
    desk.rules = rulesOf(
      rulesText().replace('- name: shop', '- { name: blog, services: [{ name: api }] }\n  - name: shop'),
    );
    await expect(complete({ to: 'qa' })).rejects.toThrow('and none was named; choose of blog, shop');
  });

  it('names no release when nothing runs where it would come from', async () => {
    desk.rules = rulesOf(rulesText().replaceAll('name: dev', 'name: lab').replaceAll('from: dev', 'from: lab'));
    await expect(complete({ to: 'qa' })).rejects.toThrow(RefusedError);
    await expect(complete({ to: 'qa' })).rejects.toThrow('promote adopt shop --env lab');
  });

  it('tells nothing to whoever may not ask for it, and says that this is what they may not', async () => {
    const asked = desk.service.completeRequest({ ...viewer, roles: [] }, { to: 'nowhere' });
    await expect(asked).rejects.toThrow(NotAuthorizedError);
    await expect(asked).rejects.toThrow('run needs promoter or operator or admin');
  });
});
