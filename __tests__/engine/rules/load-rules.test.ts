import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadRules } from '../../../engine/rules/load-rules.ts';
import { pipelineText } from './rules-text.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rules-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function messagesOf(file: string): Promise<readonly string[]> {
  const loaded = await loadRules(file);
  return loaded.ok ? [] : loaded.problems.map(({ message }) => message);
}

describe('loading rules', () => {
  it('yields the rules of a valid file', async () => {
    const file = join(folder, 'promotion-rules.yaml');
    await writeFile(file, pipelineText);
    const loaded = await loadRules(file);
    expect(loaded).toMatchObject({ ok: true, rules: { version: 1 } });
  });

  it('says how to create a file that is not there', async () => {
    expect(await messagesOf(join(folder, 'promotion-rules.yaml'))).toEqual([
      expect.stringMatching(/absent; create it from promotion\/promotion-rules\.yaml/),
    ]);
  });

  it('names the file as the caller did', async () => {
    const loaded = await loadRules('no/such/rules.yaml');
    expect(loaded.ok ? [] : loaded.problems).toEqual([
      expect.objectContaining({ file: 'no/such/rules.yaml', line: 1 }),
    ]);
  });

  it('refuses a folder', async () => {
    await mkdir(join(folder, 'rules.yaml'));
    expect(await messagesOf(join(folder, 'rules.yaml'))).toEqual([expect.stringMatching(/a folder; name the file/)]);
  });

  it('refuses a path through a file', async () => {
    await writeFile(join(folder, 'file'), '');
    expect(await messagesOf(join(folder, 'file', 'rules.yaml'))).toEqual([expect.stringMatching(/no folder/)]);
  });

  it('refuses a pipe without waiting for its other end', async () => {
    const pipe = join(folder, 'rules.yaml');
    execFileSync('mkfifo', [pipe]);
    expect(await messagesOf(pipe)).toEqual([expect.stringMatching(/a device, pipe or socket/)]);
  });

  it('refuses 20 MB by the size alone', async () => {
    const file = join(folder, 'rules.yaml');
    await writeFile(file, '');
    await truncate(file, 20_000_000);
    expect(await messagesOf(file)).toEqual([
      'This must be a rules file of at most 1 MiB, but it is 20 MiB; put a part into a file of its own, which this one extends.',
    ]);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const file = join(folder, 'rules.yaml');
    await writeFile(file, Buffer.from([0x76, 0x3a, 0x20, 0xff]));
    expect(await messagesOf(file)).toEqual([expect.stringMatching(/text in UTF-8/)]);
  });

  it('writes nothing', async () => {
    const file = join(folder, 'rules.yaml');
    await writeFile(file, 'version: 1');
    await chmod(file, 0o400);
    await loadRules(file);
    expect(await readdir(folder)).toEqual(['rules.yaml']);
  });
});
