import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { spawnPromote } from '../cli/support/spawn-promote.ts';
import { SourceRepository } from '../support/source-repository.ts';

jest.setTimeout(900_000);

const reason = 'customers cannot pay';
/** What a scanner says that found nothing. */
const scan = { SchemaVersion: 2, ArtifactName: 'quikapp', Results: [{ Target: 'quikapp', Vulnerabilities: [] }] };
const releaseSchema = z.object({ content: z.looseObject({}) });
const listSchema = z.object({
  promotions: z.array(
    z.object({ id: z.string(), state: z.string(), waiting: z.object({ reason: z.string() }).nullable() }),
  ),
});
const auditSchema = z.object({
  entries: z.array(z.object({ type: z.string(), actor: z.looseObject({ id: z.string() }), data: z.looseObject({}) })),
});

let folder: string;
let source: SourceRepository;
let fix: string;

/** The real command line, as a person types it. */
function promote(...words: readonly string[]) {
  return spawnPromote(words, process.cwd(), { PROMOTION_HOME: join(folder, 'home'), NO_COLOR: '1', HOME: folder });
}
async function json<Value>(schema: z.ZodType<Value>, ...words: readonly string[]): Promise<Value> {
  const { out } = await promote(...words, '--json');
  return schema.parse(JSON.parse(out));
}
const newest = async () => {
  const [promotion] = (await json(listSchema, 'list')).promotions;
  if (promotion === undefined) throw new Error('there is no promotion');
  return promotion;
};
const hotfix = (to: string, ...more: readonly string[]) =>
  promote('run', 'quikapp', '--release', 'v2.1', '--to', to, '--hotfix', ...more);

/** Looks until something is as it should be; what runs goes on by itself meanwhile. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 240; look += 1) {
    if (await isSo()) return;
    await pause(1000);
  }
  throw new Error(`it never came to that: ${JSON.stringify(await newest())}`);
}
const hasEnded = async (): Promise<boolean> => (await newest()).state === 'COMPLETED_SUCCESSFULLY';

/** A release of the images of v2, from a commit. */
async function release(name: string, commit: string): Promise<void> {
  const { content } = await json(releaseSchema, 'release', 'show', 'quikapp', 'v2');
  const file = join(folder, `${name}.json`);
  const from = { repository: source.address, commit, authors: ['willa'] };
  await writeFile(file, JSON.stringify({ ...content, source: from }));
  const created = await promote('release', 'create', 'quikapp', name, '--file', file);
  expect(created).toMatchObject({ exitCode: 0 });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hotfix-'));
  source = new SourceRepository();
  const live = source.commit('shop.js', 'one\n', 'v1');
  source.git('branch', 'develop');
  source.checkOut('hotfix/critical-fix', live);
  fix = source.commit('pay.js', 'mended\n', 'Hotfix: Critical security fix');
  // The emergency approval of the documented pipeline, of two people here.
  const text = await readFile('examples/rules/quikapp.yaml', 'utf8');
  const rules = join(folder, 'quikapp.yaml');
  await writeFile(rules, text.replace('roles: [cab], timeoutSeconds: 2h', 'roles: [cab], minimumApprovals: 2'));
  const places = ['dev', 'staging', 'live'].flatMap((name) => ['--env', name]);
  const start = await promote('local', 'start', '--rules', rules, ...places);
  expect(start).toMatchObject({ exitCode: 0 });
  await release('v2.1', fix);
  await writeFile(join(folder, 'scan.json'), JSON.stringify(scan));
  await promote('evidence', 'add', 'quikapp', '--release', 'v2.1', '--file', join(folder, 'scan.json'));
});
afterAll(async () => {
  await promote('local', 'stop');
  source.remove();
  await rm(folder, { recursive: true, force: true });
});

describe('an emergency in the QuikApp pipeline, on one machine', () => {
  it('refuses what skips environments without the lane, the lane without a reason, and what enters it later', async () => {
    const skip = await promote('run', 'quikapp', '--release', 'v2', '--from', 'dev', '--to', 'staging');
    expect(skip.exitCode).toBe(3);
    expect(skip.errors).toContain('dev → staging skips qa and uat1');
    expect((await hotfix('staging')).errors).toContain('--hotfix needs --reason');
    expect((await hotfix('live', '--from', 'dev', '--reason', reason)).errors).toContain('nowhere later');
    expect((await json(listSchema, 'list')).promotions).toEqual([]);
  });

  it('deploys to staging with the emergency approval of two people, for whom one may speak here and nowhere else', async () => {
    const asked = await hotfix('staging', '--reason', reason);
    expect(asked.exitCode).toBe(4);
    const { id } = await newest();
    expect((await promote('approve', id)).errors).toContain('somebody else must decide');
    expect((await promote('approve', id, '--as', 'ben')).errors).toContain('ben has no role');
    const elsewhere = await spawnPromote(['approve', id, '--as', 'carla'], folder, { DATABASE_URL: 'postgres://db/x' });
    expect(elsewhere).toMatchObject({ exitCode: 2, errors: expect.stringContaining('DATABASE_URL names a database') });
    for (const person of ['carla', 'colin']) {
      expect((await promote('approve', id, '--as', person)).exitCode).toBe(0);
    }
    await until(hasEnded);
    const { out } = await promote('status', id);
    expect(out).toMatch(/approved by carla \(unverified, said by .+\)/);
    expect(out).toMatch(/approved by colin \(unverified, said by .+\)/);
    const { entries } = await json(auditSchema, 'audit', 'show', id);
    expect(entries.filter(({ type }) => type === 'approval-given').map(({ actor }) => actor)).toMatchObject([
      { id: 'carla', verified: false, via: 'cli-as' },
      { id: 'colin', verified: false, via: 'cli-as' },
    ]);
    expect(entries.find(({ type }) => type === 'requested')?.data).toMatchObject({ lane: 'hotfix', reason });
    expect(entries.find(({ type }) => type === 'override')?.data).toEqual({ kind: 'hotfix', reason });
  });

  it('deploys to live after a quick verification of 30 minutes', async () => {
    const asked = await hotfix('live', '--reason', reason);
    expect([asked.exitCode, asked.out]).toEqual([4, expect.stringContaining('soaking: v2.1 must be verified')]);
    await promote('local', 'clock', '--advance', '30m', '--reason', 'the quick verification');
    const { id } = await newest();
    await until(async () => (await newest()).waiting?.reason === 'approval');
    for (const person of ['carla', 'chen']) await promote('approve', id, '--as', person);
    await until(async () => (await newest()).waiting?.reason === 'bake');
    await promote('local', 'clock', '--advance', '31m', '--reason', 'the bake');
    await until(hasEnded);
    expect((await promote('status')).out).toMatch(/✔ v2\.1 \(hotfix\) verified.*✔ v2\.1 \(hotfix\) verified/);
    const changed = await promote('changed', '--since', '2h', '--env', 'live');
    expect(changed.out).toMatch(new RegExp(`override +hotfix +nothing → ${reason}`));
  });

  it('refuses from then on a release without the fix, unless that is waived', async () => {
    source.checkOut('develop');
    await release('v4', source.commit('next.js', 'next\n'));
    const refused = await promote('validate', 'quikapp', '--release', 'v4', '--to', 'staging', '--hotfix');
    expect(refused.out).toContain(`v4 has neither the commit ${fix.slice(0, 7)} of the hotfix v2.1 nor its change`);
    await promote('waive', 'quikapp', 'hotfix:v2.1', '--reason', 'no payments', '--owner', 'olga', '--expires', '1d');
    const waived = await promote('validate', 'quikapp', '--release', 'v4', '--to', 'staging', '--hotfix');
    expect(waived.out).toMatch(/! hotfix v2\.1 .* waived by olga until .*: no payments/);
  });

  it('leaves merge-back and post-mortem open until the branch has the fix, and a person says where to read', async () => {
    expect((await promote('status')).out).toMatch(
      /Left to do\n.*merge the hotfix v2\.1 back.*\n.*write the post-mortem/,
    );
    source.git('merge', '--quiet', '--no-edit', 'hotfix/critical-fix');
    await until(async () => !(await promote('status')).out.includes('merge the hotfix v2.1 back'));
    expect((await promote('status')).out).toContain('write the post-mortem');
    const closed = await promote('close', 'post-mortem:quikapp:v2.1', '--note', 'wiki/2026-11-26');
    expect(closed.exitCode).toBe(0);
    expect((await promote('status')).out).not.toContain('Left to do');
  });
});
