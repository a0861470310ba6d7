import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { LocalFolders } from '../../../cli/compose/local-folders.ts';
import { makeConfiguration } from '../../../cli/compose/shop-configuration.ts';
import type { ShopEnvironment } from '../../../cli/compose/shop-environments.ts';
import type { ReleaseContent } from '../../../engine/release.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const first: ReleaseContent = {
  images: ['catalogue', 'orders', 'web'].map((service) => ({ service, image: `shop-${service}`, digest })),
  configuration: {},
  flags: [],
};

function place(name: string, changes: Partial<ShopEnvironment['configuration']> = {}): ShopEnvironment {
  return {
    application: 'shop',
    name,
    aliases: [],
    registry: `registries/${name}`,
    database: `shop-${name}`,
    configuration: { repository: 'configuration', branch: name, path: `${name}/values.yaml`, ...changes },
    isEntry: false,
  };
}

describe('the configuration repository of local mode', () => {
  let home: string;
  let folders: LocalFolders;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'shop-configuration-'));
    folders = new LocalFolders(home);
  });
  afterEach(async () => {
    await rm(home, { recursive: true, force: true });
  });

  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-C', folders.configuration, ...words], { encoding: 'utf8' }).trim();
  const valuesOn = (branch: string, path: string): unknown => parse(git('show', `${branch}:${path}`));

  it('holds a branch for each environment with its values and the first release in them', async () => {
    await makeConfiguration(folders, [place('dev'), place('uat3')], first);
    expect(git('branch', '--format=%(refname:short)').split('\n')).toEqual(['dev', 'uat3']);
    expect(valuesOn('dev', 'dev/values.yaml')).toMatchObject({
      release: 'v1',
      images: { web: digest },
      settings: { shopName: 'Shop (dev)' },
    });
    expect(valuesOn('uat3', 'uat3/values.yaml')).toMatchObject({ settings: { shopName: 'Shop (uat3)' } });
  });

  it('keeps what it holds when it is made again, and gains what is new', async () => {
    await makeConfiguration(folders, [place('dev')], first);
    const before = git('rev-parse', 'dev');
    await makeConfiguration(folders, [place('dev'), place('live')], { ...first, images: [] });
    expect(git('rev-parse', 'dev')).toBe(before);
    expect(valuesOn('live', 'live/values.yaml')).toMatchObject({ release: 'v1' });
  });

  it('holds the schema that the rules name, also where the values were there before', async () => {
    const schema = 'values.schema.json';
    await makeConfiguration(folders, [place('dev'), place('live', { schema })], first);
    expect(git('ls-tree', '-r', '--name-only', 'live').split('\n')).toEqual(['live/values.yaml', schema]);
    const values = git('show', 'dev:dev/values.yaml');
    await makeConfiguration(folders, [place('dev', { schema })], first);
    expect(git('ls-tree', '-r', '--name-only', 'dev').split('\n')).toEqual(['dev/values.yaml', schema]);
    expect(git('show', 'dev:dev/values.yaml')).toBe(values);
    const before = git('rev-parse', 'dev');
    await makeConfiguration(folders, [place('dev', { schema })], first);
    expect(git('rev-parse', 'dev')).toBe(before);
  });

  it('puts environments that share a branch beside each other', async () => {
    await makeConfiguration(folders, [place('dev', { branch: 'main' }), place('qa', { branch: 'main' })], first);
    expect(git('ls-tree', '-r', '--name-only', 'main').split('\n')).toEqual(['dev/values.yaml', 'qa/values.yaml']);
  });

  it('leaves the repositories of others alone', async () => {
    await makeConfiguration(folders, [place('dev', { repository: 'https://git.example/config.git' })], first);
    expect(git('for-each-ref')).toBe('');
  });
});
