import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { EmptyProject, type Ended } from './empty-project.ts';
import { pack } from './pack.ts';
import { startedApp } from './shown-code.ts';

// The cache, nothing but what is asked for, and no question whether there is a newer CDKTF.
const environment = ['npm_config_prefer_offline=true', 'npm_config_audit=false', 'CHECKPOINT_DISABLE=1'];

describe('step 4 of docs/getting-started.md, as it stands there', () => {
  let project: EmptyProject;
  let ended: Ended;
  beforeAll(async () => {
    project = await EmptyProject.bare();
    const { packing, settingUp, main, synthesising } = await startedApp();
    const { archive } = await pack(project.folder);
    // The package is built once for all tests here, so that this one block is looked at and not run.
    expect(packing).toContain(`export PACKAGE="$PWD/${path.basename(archive)}"`);
    await project.write('main.ts', main);
    const commands = `${settingUp}\n${synthesising}`;
    ended = await project.run('env', ...environment, `PACKAGE=${archive}`, 'bash', '-euc', commands);
  }, 600_000);
  afterAll(() => project.remove());

  test('ends well, with a stack for the installation and one for each pair', async () => {
    expect({ ...ended, stdout: '' }).toEqual({ exitCode: 0, stdout: '', stderr: ended.stderr });
    const stacks = await readdir(project.in('cdktf.out/stacks'));
    expect(stacks.toSorted()).toEqual(['control-plane', 'dev-to-staging', 'staging-to-prod']);
  });

  test('deploys to the cluster that step 1 makes, with the secrets of step 3', async () => {
    const plane = await readFile(project.in('cdktf.out/stacks/control-plane/cdk.tf.json'), 'utf8');
    for (const said of [
      'gke-0123456789abcdef-012345678901.us-central1.gke.goog',
      'shop-dev-database',
      'shop-staging-database',
      'shop-prod-database',
    ]) {
      expect(plane).toContain(said);
    }
  });

  test('has the names that removing it asks Terraform for', async () => {
    const { resource } = JSON.parse(
      await readFile(project.in('cdktf.out/stacks/control-plane/cdk.tf.json'), 'utf8'),
    ) as { readonly resource: Readonly<Record<string, Readonly<Record<string, { readonly name?: string }>>>> };
    const buckets = Object.entries(resource['google_storage_bucket'] ?? {});
    const [audit, ...others] = buckets.filter(([id]) => id.startsWith('promotion_audit'));
    expect(audit?.[1].name).toBe('shop-prod-promotion-audit');
    expect(others).toEqual([]);
    const [instance] = Object.values(resource['google_sql_database_instance'] ?? {});
    expect(instance?.name).toBe('promotion-state');
  });
});
