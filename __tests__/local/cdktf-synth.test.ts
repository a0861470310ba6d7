import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/** As somebody types it, with no network to be had. */
async function synth(folder: string, rules?: string): Promise<string> {
  const { stdout } = await run('npx', ['--no-install', 'cdktf', 'synth', '--output', folder], {
    cwd: root,
    env: {
      ...process.env,
      CHECKPOINT_DISABLE: '1',
      ...(rules === undefined ? {} : { PROMOTE_RULES: rules }),
      http_proxy: 'http://127.0.0.1:1',
      https_proxy: 'http://127.0.0.1:1',
    },
  });
  return stdout;
}

describe('npx cdktf synth', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cdktf-synth-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('writes a control-plane stack and one for each path, with the function’s archive built when there was none', async () => {
    const archive = path.join(root, 'dist/functions/db_migration.zip');
    await rm(archive, { force: true });
    const said = await synth(folder);
    expect(said).toContain('Generated Terraform code for the stacks');
    expect(said).toContain('set gcpProjectId in the context of cdktf.json');
    expect((await readdir(path.join(folder, 'stacks'))).toSorted()).toEqual([
      'canary-to-production',
      'control-plane',
      'dev-to-staging',
      'staging-to-canary',
    ]);
    expect(existsSync(archive)).toBe(true);
    const plane = path.join(folder, 'stacks/control-plane');
    const text = await readFile(path.join(plane, 'cdk.tf.json'), 'utf8');
    const source = /"source": "(?<file>assets\/[^"]+)"/.exec(text)?.groups?.['file'] ?? '';
    expect(await readFile(path.join(plane, source))).toEqual(await readFile(archive));
    // What is deployed does not depend on where it was synthesised.
    const { resource } = JSON.parse(text) as { resource: unknown };
    expect(JSON.stringify(resource)).not.toContain(root);
  });

  it('ends with the mistakes of a rules file that is none', async () => {
    const failed = synth(folder, 'cdktf.json');
    await expect(failed).rejects.toThrow(/cdktf\.json:\d+:\d+/);
  });
});
