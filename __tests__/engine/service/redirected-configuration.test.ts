import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import { RefusedError } from '../../../engine/service/service-errors.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { operator, promoter, rulesText, ServiceDesk } from './service-fixture.ts';

jest.setTimeout(120_000);

let server: ScratchPostgres;
let desk: ServiceDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
  desk = await ServiceDesk.open(await server.createStoreDatabase(), rulesText());
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

const configuration = { repository: 'https://github.com/owner/gitops-repo.git', branch: 'main' };

describe('a promotion whose configuration is elsewhere', () => {
  it('is for whoever may say so', async () => {
    await expect(desk.run({ configuration }, promoter)).rejects.toThrow(NotAuthorizedError);
    await expect(desk.run({ configuration }, promoter)).rejects.toThrow('redirect-configuration');
  });

  it('refuses what is no repository and no branch', async () => {
    const wrong = { repository: 'ext::sh -c id' };
    await expect(desk.run({ configuration: wrong }, operator)).rejects.toThrow(RefusedError);
    await expect(desk.run({ configuration: wrong }, operator)).rejects.toThrow('must be owner/repository');
    await expect(desk.run({ configuration: { branch: '..' } }, operator)).rejects.toThrow('name of a branch');
  });

  it('keeps the place with it and in its audit trail, and is another request than one without', async () => {
    const id = await desk.run({ configuration, idempotencyKey: 'ci-1' }, operator);
    const { definition } = await desk.load(id);
    expect(definition.target.configuration).toMatchObject({ ...configuration, isRedirected: true });
    const [requested] = await desk.store.events(id);
    expect(requested).toMatchObject({ type: 'requested', data: { configuration } });
    await expect(desk.run({ idempotencyKey: 'ci-1' }, operator)).rejects.toThrow('used for another request');
    expect(await desk.run({ configuration, idempotencyKey: 'ci-1' }, operator)).toBe(id);
  });
});
