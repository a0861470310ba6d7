import { EnvironmentSecrets } from '../../../engine/secrets/environment-secrets.ts';
import { MissingSecretError } from '../../../engine/secrets/secret-source.ts';

const { signal } = new AbortController();
const secrets = new EnvironmentSecrets({ HOOK_TOKEN: 's3cret', EMPTY: '', DATABASE_URL: 'postgres://x' });

it('a secret of one machine is an environment variable', async () => {
  expect(await secrets.read('HOOK_TOKEN', signal)).toBe('s3cret');
});

it.each(['NEVER_SET', 'EMPTY'])('%s, which is not set, is asked for by its name', async (name) => {
  await expect(secrets.read(name, signal)).rejects.toThrow(MissingSecretError);
  await expect(secrets.read(name, signal)).rejects.toThrow(`set the environment variable ${name}`);
});

it('the engine’s own database is given to nobody', async () => {
  await expect(secrets.read('DATABASE_URL', signal)).rejects.toThrow("DATABASE_URL is the engine's own");
});
