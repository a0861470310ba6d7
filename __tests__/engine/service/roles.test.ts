import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import { NotFoundError, RefusedError } from '../../../engine/service/service-errors.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { admin, operator, rulesOf, rulesText, ServiceDesk, viewer } from './service-fixture.ts';

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
  desk.rules = rulesOf(
    `${rulesText('approvals: { stages: [{ name: SRE, roles: [sre] }] }')}roles: [{ name: sre, people: [ben@shop.example] }, { name: approver }]\n`,
  );
});
afterEach(async () => {
  await desk.close();
});

const binding = { subject: 'cleo@shop.example', role: 'sre', application: 'shop', environment: 'production' };
const administration = async () =>
  (await desk.store.administrationEvents()).map(({ type }) => type).filter((type) => type.startsWith('role'));

describe('binding a role', () => {
  it('gives it, by the environment’s name whatever alias was said, once, with its audit entry', async () => {
    expect(await desk.service.bindRole(admin, { ...binding, environment: 'prod' })).toEqual(binding);
    await desk.service.bindRole(admin, binding);
    expect(await desk.service.roles(viewer)).toEqual({
      bindings: [binding],
      listed: [
        { role: 'sre', people: ['ben@shop.example'] },
        { role: 'approver', people: [] },
      ],
    });
    expect(await administration()).toEqual(['role-bound']);
  });

  it('gives what the engine’s own roles may', async () => {
    const cleo = { id: binding.subject, verified: true, roles: [], via: 'cli' } as const;
    await expect(desk.service.adopt(cleo, 'shop', 'staging', 'v2')).rejects.toThrow(NotAuthorizedError);
    await desk.service.bindRole(admin, { ...binding, role: 'operator', environment: 'staging' });
    await desk.service.adopt(cleo, 'shop', 'staging', 'v2');
    await expect(desk.service.adopt(cleo, 'shop', 'production', 'v2')).rejects.toThrow(NotAuthorizedError);
  });

  it.each([
    ['a role that nothing asks for', { role: 'srE' }, 'there is no role srE. Did you mean sre?'],
    ['an application that there is not', { application: 'shpo' }, 'there is no application shpo. Did you mean shop?'],
    ['an environment that there is not', { environment: 'prodd' }, 'there is no environment prodd. Did you mean prod'],
  ])('is refused for %s', async (_, wrong, message) => {
    const asking = desk.service.bindRole(admin, { ...binding, ...wrong });
    await expect(asking).rejects.toThrow(NotFoundError);
    await expect(asking).rejects.toThrow(message);
    expect((await desk.service.roles(admin)).bindings).toEqual([]);
  });

  it('is refused for whoever could be nobody', async () => {
    await expect(desk.service.bindRole(admin, { ...binding, subject: 'a; b' })).rejects.toThrow(RefusedError);
  });

  it('is for admins', async () => {
    await expect(desk.service.bindRole(operator, binding)).rejects.toThrow(NotAuthorizedError);
    await expect(desk.service.unbindRole(operator, binding)).rejects.toThrow(NotAuthorizedError);
  });
});

describe('unbinding a role', () => {
  it('takes it back, also one that the rules no longer know, with its audit entry', async () => {
    await desk.service.bindRole(admin, binding);
    desk.rules = rulesOf(rulesText());
    expect(await desk.service.unbindRole(admin, { ...binding, environment: 'prod' })).toEqual(binding);
    expect((await desk.service.roles(admin)).bindings).toEqual([]);
    expect(await administration()).toEqual(['role-bound', 'role-unbound']);
  });

  it('says when there was nothing to take, and writes nothing', async () => {
    await desk.service.bindRole(admin, binding);
    await expect(desk.service.unbindRole(admin, { ...binding, environment: '*' })).rejects.toThrow(
      'cleo@shop.example is not bound to sre for shop in *; promote role list shows who is',
    );
    expect(await administration()).toEqual(['role-bound']);
  });
});
