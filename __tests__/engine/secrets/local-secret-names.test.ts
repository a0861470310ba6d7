import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeEnvironmentSettings } from '../../../engine/deployment/local/environment-settings.ts';
import { LocalSecretNames } from '../../../engine/secrets/local-secret-names.ts';

const signal = new AbortController().signal;
let root: string;
let secrets: LocalSecretNames;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'secret-names-'));
  secrets = new LocalSecretNames(root);
  const settings = { valuesPath: 'qa/values.yaml', flagsFile: join(root, 'flags.json') };
  await writeEnvironmentSettings(join(root, 'qa'), settings, {
    STRIPE_KEY: 'sk_live_1',
    DATABASE_URL: 'postgres://a:b@c',
  });
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('the secrets of an environment on this machine', () => {
  it('are known by name, from a file that holds nothing of what is in them', async () => {
    expect(await secrets.names('qa', signal)).toEqual(['DATABASE_URL', 'STRIPE_KEY']);
    const names = await readFile(join(root, 'qa/variable-names.json'), 'utf8');
    expect(names).not.toMatch(/sk_live|postgres:/);
    // The file with the values need not even be readable.
    await chmod(join(root, 'qa/variables.json'), 0o000);
    await rm(join(root, 'qa/variables.json'));
    expect(await secrets.names('qa', signal)).toEqual(['DATABASE_URL', 'STRIPE_KEY']);
  });

  it('are unknown, not none, where nobody has looked yet', async () => {
    await expect(secrets.names('staging', signal)).rejects.toThrow(/the names of staging's secrets are not known/);
    await writeFile(join(root, 'qa/variable-names.json'), '{');
    await expect(secrets.names('qa', signal)).rejects.toThrow(/is not JSON/);
  });

  it('are added where the services get them from, and nowhere outside', async () => {
    expect(secrets.whereToAdd('qa')).toBe(join(root, 'qa/variables.json'));
    await expect(secrets.names('../qa', signal)).rejects.toThrow();
  });
});
