import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  readEnvironmentSettings,
  readEnvironmentVariables,
  writeEnvironmentSettings,
} from '../../../../engine/deployment/local/environment-settings.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'settings-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('an environment’s settings', () => {
  it('are read as they were written', async () => {
    const settings = { valuesPath: 'qa/values.yaml', flagsFile: join(folder, 'flags.json'), ports: { api: 20_001 } };
    await writeEnvironmentSettings(folder, settings, { KEY: 'secret value' });
    expect(await readEnvironmentSettings(folder)).toEqual(settings);
    expect(await readEnvironmentVariables(folder)).toEqual({ KEY: 'secret value' });
  });

  it('that are absent are said to be, while variables may be', async () => {
    await expect(readEnvironmentSettings(folder)).rejects.toThrow(/environment.json is absent/);
    expect(await readEnvironmentVariables(folder)).toEqual({});
  });

  it('are refused when others may read the secrets, and no refusal repeats one', async () => {
    const path = join(folder, 'variables.json');
    await writeFile(path, '{"KEY": ["secret value"]}', { mode: 0o600 });
    const invalid: unknown = await readEnvironmentVariables(folder).catch((error: unknown) => error);
    expect(String(invalid)).toMatch(/variables.json is not valid: KEY: /);
    expect(String(invalid)).not.toContain('secret value');
    await chmod(path, 0o640);
    await expect(readEnvironmentVariables(folder)).rejects.toThrow(/chmod 600/);
  });
});
