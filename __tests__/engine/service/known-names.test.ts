import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import { UnknownNameError } from '../../../engine/service/service-errors.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { promoter, rulesOf, rulesText, ServiceDesk, viewer } from './service-fixture.ts';

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

describe('a look at what there is not', () => {
  it.each([
    ['list by application', () => desk.service.list(viewer, { application: 'shpo', limit: 1 })],
    ['environments', () => desk.service.environments(viewer, 'shpo')],
    ['the newest promotion', () => desk.service.newestPromotion(viewer, 'shpo', 'qa')],
  ])('is told apart from one at nothing yet: %s', async (_what, look) => {
    await expect(look()).rejects.toThrow(UnknownNameError);
    await expect(look()).rejects.toThrow('there is no application shpo. Did you mean shop? Known: shop.');
  });

  it('names the environments, and understands what an alias was meant to be', async () => {
    const list = (environment: string) => desk.service.list(viewer, { environment, limit: 1 });
    await expect(list('nowhere')).rejects.toThrow(
      'there is no environment nowhere. Known: dev, qa, staging, production.',
    );
    await expect(list('prdo')).rejects.toThrow('Did you mean prod?');
    await expect(desk.service.newestPromotion(viewer, 'shop', 'qaa')).rejects.toThrow('Did you mean qa?');
  });

  it('tells nothing to whoever may not look', async () => {
    const nobody = { ...viewer, roles: [] };
    await expect(desk.service.list(nobody, { application: 'shpo', limit: 1 })).rejects.toThrow(NotAuthorizedError);
    await expect(desk.service.environments(nobody, 'shpo')).rejects.toThrow(NotAuthorizedError);
  });
});

describe('a look at what there is', () => {
  it('understands aliases', async () => {
    await desk.service.adopt({ ...promoter, roles: ['operator'] }, 'shop', 'staging', 'v2');
    const id = await desk.run({ to: 'production' });
    const found = await desk.service.list(viewer, { environment: 'prod', limit: 10 });
    expect(found.map((each) => each.id)).toEqual([id]);
  });

  it('finds what the rules name and nothing was promoted into yet', async () => {
    desk.rules = rulesOf(
      rulesText().replace('- name: shop', '- { name: blog, services: [{ name: web }] }\n  - name: shop'),
    );
    expect(await desk.service.environments(viewer, 'blog')).toEqual([]);
    expect(await desk.service.list(viewer, { application: 'blog', limit: 1 })).toEqual([]);
  });

  it('finds what ran before when the rules name it no longer, or cannot be read', async () => {
    const id = await desk.run();
    desk.rules = rulesOf(
      rulesText().replace('name: shop', 'name: blog').replaceAll('name: qa', 'name: uat').replaceAll(': qa', ': uat'),
    );
    const ids = async () =>
      (await desk.service.list(viewer, { application: 'shop', environment: 'qa', limit: 10 })).map((each) => each.id);
    expect(await ids()).toEqual([id]);
    const current = () => Promise.reject(new Error('the rules are no YAML'));
    desk.context.rules.current = current;
    expect(await ids()).toEqual([id]);
    await expect(desk.service.list(viewer, { application: 'blog', limit: 1 })).rejects.toThrow('Known: shop.');
  });

  it('comes along the paths, not by the alphabet, also where the rules cannot be read', async () => {
    const names = async () => (await desk.service.environments(viewer)).map(({ name }) => name);
    expect(await names()).toEqual(['dev', 'qa', 'staging', 'production']);
    desk.context.rules.current = () => Promise.reject(new Error('they are wrong'));
    expect(await names()).toHaveLength(4);
  });
});
