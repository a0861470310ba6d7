import type { RoleBinding } from '../../../engine/promotion-service.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

const asked: (readonly [string, RoleBinding])[] = [];
const session = fakeSession({
  bindRole: (_actor, binding) => {
    asked.push(['bind', binding]);
    return Promise.resolve({ ...binding, environment: binding.environment === 'prod' ? 'production' : '*' });
  },
  unbindRole: (_actor, binding) => {
    asked.push(['unbind', binding]);
    return Promise.resolve(binding);
  },
  roles: () =>
    Promise.resolve({
      bindings: [{ subject: 'cleo', role: 'sre', application: 'shop', environment: '*' }],
      listed: [{ role: 'cab', people: ['ben@shop.example\u001b[2J'] }],
    }),
});
beforeEach(() => {
  asked.length = 0;
});

describe('promote role', () => {
  it('gives a role for everything, unless a place is said, and says what was understood', async () => {
    const { out } = await record(['role', 'bind', 'cleo', 'sre', '--env', 'prod'], { session });
    expect(asked).toEqual([['bind', { subject: 'cleo', role: 'sre', application: '*', environment: 'prod' }]]);
    expect(out).toBe('cleo now holds sre for every application in production.\n');
  });

  it('takes it back', async () => {
    const { out } = await record(['role', 'unbind', 'cleo', 'sre', '--application', 'shop'], { session });
    expect(asked).toEqual([['unbind', { subject: 'cleo', role: 'sre', application: 'shop', environment: '*' }]]);
    expect(out).toBe('cleo no longer holds sre for shop in every environment.\n');
  });

  it('lists who holds what, harmless', async () => {
    const { out } = await record(['role', 'list'], { session });
    expect(out).toBe(
      `role       person                      application   environment
cab        ben@shop.example\\u001b[2J   *             *             listed in the rules
promoter   ana                         *             *             owner of this machine, local mode
sre        cleo                        shop          *             bound
`,
    );
    const nobody = fakeSession({ roles: () => Promise.resolve({ bindings: [], listed: [] }) });
    expect((await record(['role', 'list'], { session: nobody })).out).toContain('promote role bind <person> <role>');
  });

  it('tells programs who may what without having been given it, and of nobody who is spoken for', async () => {
    const { out } = await record(['role', 'list', '--json'], { session });
    expect(JSON.parse(out)).toMatchObject({
      owner: { person: 'ana', roles: ['promoter'], why: 'owner of this machine, local mode' },
    });
    const actor = { id: 'ben', verified: false, roles: [], via: 'cli-as', spokenForBy: 'ana' } as const;
    const spoken = fakeSession({ roles: () => Promise.resolve({ bindings: [], listed: [] }) }, { actor });
    expect(JSON.parse((await record(['role', 'list', '--json'], { session: spoken })).out)).toMatchObject({
      owner: null,
    });
  });

  it('is JSON for programs', async () => {
    const { out } = await record(['role', 'bind', 'cleo', 'sre', '--env', 'prod', '--json'], { session });
    expect(JSON.parse(out)).toEqual({ subject: 'cleo', role: 'sre', application: '*', environment: 'production' });
  });

  it('refuses what is no person', async () => {
    const { exitCode, errors } = await record(['role', 'bind', 'a b', 'sre']);
    expect(exitCode).toBe(2);
    expect(errors).toContain('It must be a person');
  });
});
