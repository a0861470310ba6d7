import {
  authorizationMatrix,
  Authorizer,
  commands,
  NotAuthorizedError,
  type Command,
  type RoleSource,
  type Scope,
} from '../../engine/authorization.ts';
import { roles, type Actor, type Role } from '../../engine/workflow/actor.ts';

const scope: Scope = { application: 'shop', environment: 'staging' };

/** What each role may do, in words of its own: the matrix must say the same. */
const mayDo: Readonly<Record<Role, readonly Command[]>> = {
  viewer: ['read', 'verify-audit', 'export-audit'],
  promoter: [
    ...['read', 'run', 'cancel', 'create-release', 'add-evidence', 'verify-audit', 'export-audit'],
    ...['tick', 'note', 'close-item', 'auto-approve', 'hotfix', 'test-environment'],
  ] as Command[],
  approver: ['read', 'approve', 'reject', 'verify-audit', 'export-audit', 'tick', 'note', 'waive'],
  operator: [
    ...['read', 'run', 'cancel', 'retry', 'rollback', 'create-release', 'add-evidence', 'adopt', 'verify-audit'],
    ...['export-audit', 'tick', 'note', 'close-item', 'force', 'skip-validation', 'auto-approve', 'override-freeze'],
    ...['hotfix', 'hold', 'freeze', 'mark-bad', 'resume', 'confirm-rollback', 'test-environment'],
    'redirect-configuration',
  ] as Command[],
  admin: [
    ...['read', 'run', 'cancel', 'retry', 'rollback', 'create-release', 'add-evidence', 'adopt', 'verify-audit'],
    ...['bind-role', 'export-audit', 'tick', 'note', 'close-item', 'force', 'skip-validation', 'auto-approve'],
    ...['override-freeze', 'hotfix', 'hold', 'freeze', 'waive', 'mark-bad', 'resume', 'confirm-rollback'],
    ...['move-clock', 'test-environment', 'redirect-configuration'],
    'prune-audit',
  ] as Command[],
};

const actor = (more: Partial<Actor> = {}): Actor => ({
  id: 'ana@shop.example',
  verified: true,
  roles: [],
  via: 'cli',
  ...more,
});
const bound = (role: Role, application: string, environment: string): RoleSource => ({
  roleBindings: async (subject) => (subject === 'ana@shop.example' ? [{ role, application, environment }] : []),
});
const nobody: RoleSource = { roleBindings: async () => [] };

const allows = async (authorizer: Authorizer, who: Actor, command: Command, about: Scope = scope): Promise<boolean> => {
  try {
    await authorizer.require(who, command, about);
    return true;
  } catch (error) {
    if (error instanceof NotAuthorizedError) return false;
    throw error;
  }
};

const everyPair = roles.flatMap((role) => commands.map((command) => [role, command] as const));
const bindings = [
  ['this application and environment', 'shop', 'staging', true],
  ['everything', '*', '*', true],
  ['this application', 'shop', '*', true],
  ['this environment', '*', 'staging', true],
  ['another application', 'blog', 'staging', false],
  ['another environment', 'shop', 'production', false],
  ['a name that begins like it', 'shop-admin', 'staging', false],
  ['a pattern that nobody defined', 'sh*', 'staging', false],
] as const;

describe('the authorisation matrix', () => {
  it('has a line for every command, and nobody approves who cannot be held to it', () => {
    expect(Object.keys(authorizationMatrix).toSorted()).toEqual([...commands].toSorted());
    expect(authorizationMatrix.approve).toEqual(['approver']);
    expect(authorizationMatrix.reject).toEqual(['approver']);
  });

  describe.each(everyPair)('%s asking to %s', (role, command) => {
    const isAllowed = mayDo[role].includes(command);

    it(`${isAllowed ? 'may' : 'may not'}, with the role from the identity`, async () => {
      expect(await allows(new Authorizer(nobody, false), actor({ roles: [role] }), command)).toBe(isAllowed);
    });

    it.each(bindings)('bound for %s', async (_, application, environment, covers) => {
      const authorizer = new Authorizer(bound(role, application, environment), false);
      expect(await allows(authorizer, actor(), command)).toBe(isAllowed && covers);
    });

    it('may not when nobody vouches for the identity, unless the installation accepts that', async () => {
      const unverified = actor({ verified: false, roles: [role] });
      expect(await allows(new Authorizer(nobody, false), unverified, command)).toBe(false);
      expect(await allows(new Authorizer(nobody, true), unverified, command)).toBe(isAllowed);
    });

    it('may not for somebody else’s binding, and not without any', async () => {
      const authorizer = new Authorizer(bound(role, '*', '*'), false);
      expect(await allows(authorizer, actor({ id: 'ben@shop.example' }), command)).toBe(false);
    });
  });
});

describe('a command about everything', () => {
  it('needs a role for everything, which one for a part is not', async () => {
    const everywhere: Scope = { application: '*', environment: '*' };
    expect(await allows(new Authorizer(bound('admin', 'shop', '*'), false), actor(), 'bind-role', everywhere)).toBe(
      false,
    );
    expect(await allows(new Authorizer(bound('admin', '*', 'staging'), false), actor(), 'bind-role', everywhere)).toBe(
      false,
    );
    expect(await allows(new Authorizer(bound('admin', '*', '*'), false), actor(), 'bind-role', everywhere)).toBe(true);
  });
});

describe('a refusal', () => {
  it('says who lacks which role for what, and what to do', async () => {
    const refusal = new Authorizer(bound('viewer', 'shop', '*'), false).require(actor(), 'rollback', scope);
    await expect(refusal).rejects.toThrow(
      'ana@shop.example has the role viewer for shop in staging; rollback needs operator or admin. Ask an admin for it.',
    );
  });

  it('speaks of looking as people do', async () => {
    await expect(new Authorizer(nobody, false).require(actor(), 'read', scope)).rejects.toThrow(
      'ana@shop.example has no role for shop in staging; looking at it needs viewer',
    );
  });

  it('asks whoever is not verified to sign in, before it says anything about roles', async () => {
    const refusal = new Authorizer(nobody, false).require(actor({ verified: false, roles: ['admin'] }), 'read', scope);
    await expect(refusal).rejects.toThrow('ana@shop.example is not verified; sign in, then try again');
  });
});
