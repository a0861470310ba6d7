import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { spawnPromote } from './support/spawn-promote.ts';

const goodRules = new URL('../../examples/shop/promotion-rules.yaml', import.meta.url).pathname;

// Each test starts a process, which takes its time on a busy machine.
jest.setTimeout(30_000);

describe('the promote command', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'promote-cli-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it.each([
    [['statsu'], 'Did you mean status?'],
    [['run', 'shop', '--relase', 'v2'], 'Did you mean --release?'],
    [['reject', 'pr-1'], '--comment <text> must be given'],
    [['list', '--limit', 'many'], 'a whole number from 1'],
    [['logs'], "missing required argument 'promotion'"],
    [['rollback', 'shop'], '--env'],
    [['rules', 'chekc'], 'Did you mean check?'],
    [['run', '\u001b[2J', '--x\u001b[2J'], '\\u001b[2J'],
  ])('refuses %p with one thing to do, and writes nothing', async (words, hint) => {
    const { exitCode, out, errors } = await spawnPromote(words, folder);
    expect(exitCode).toBe(2);
    expect(out).toBe('');
    expect(errors).toContain(hint);
    expect(errors).toContain('--help');
    expect(errors).not.toContain('\u001b');
    expect(errors).not.toMatch(/\n\s+at /);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([[['--help']], [['run', '--help']], [['rules', 'check', '--help']], [['help', 'status']]])(
    'helps with a sentence, two examples and the options: %p',
    async (words) => {
      const { exitCode, out, errors } = await spawnPromote(words, folder);
      expect([exitCode, errors]).toEqual([0, '']);
      expect(out).toMatch(
        /^[A-Z][^\n]+\.\n\nExamples:\n {2}promote [^\n]+\n {2}promote [^\n]+\n\nUsage: promote [^\n]+\n\n/,
      );
      expect(out).toContain('\nOptions:\n');
    },
  );

  it('checks good rules', async () => {
    const { exitCode, out } = await spawnPromote(['rules', 'check', goodRules], folder);
    expect([exitCode, out]).toEqual([0, `✔ ${goodRules}  1 application, 2 environments, 1 path\n`]);
    expect(await readdir(folder)).toEqual([]);
  });

  it('says of bad rules which file is to be checked, as it is typed', async () => {
    const bad = join(folder, 'bad.yaml');
    await writeFile(bad, 'version: 1\n');
    const { exitCode, errors } = await spawnPromote(['run', 'shop', '--to', 'staging'], folder, { PROMOTE_RULES: bad });
    expect([exitCode, errors]).toEqual([2, expect.stringContaining(`rules check ${bad} shows the same`)]);
    await rm(bad);
  });

  it('draws them, with what each path demands', async () => {
    const { exitCode, out } = await spawnPromote(['rules', 'graph'], folder, { PROMOTE_RULES: goodRules });
    expect(exitCode).toBe(0);
    expect(out).toContain(
      'dev (development)\n└─▶ staging (stage)\n      gates       tests unit, integration, e2e, performance: all passed\n',
    );
    expect(out).toContain('\n      bake        watched for 4 s after verification\n');
  });

  it('gives them to programs, with every threshold', async () => {
    const { exitCode, out } = await spawnPromote(['rules', 'graph', '--json', goodRules], folder);
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      environments: [
        // What the guides' commands call it: ./scripts/test-promotion.sh development
        { name: 'dev', aliases: ['development'] },
        { name: 'staging', aliases: ['stage'] },
      ],
      paths: [
        {
          from: 'dev',
          to: 'staging',
          after: 'any',
          soakSeconds: 0,
          // The seven of the guide, and what the sample demands beside them.
          gates: [
            { gate: 'tests', settings: { minimumPassedPercent: 100, onMissing: 'fail' } },
            { gate: 'coverage', settings: { minimumPercent: 70 } },
            { gate: 'findings', settings: { maximum: { critical: 0, high: 5 } } },
            { gate: 'signature', settings: { onMissing: 'fail' } },
            { gate: 'slo' },
            { gate: 'errorBudget' },
            { gate: 'criticalAlerts' },
            { gate: 'stability' },
            { gate: 'responseTimes', settings: { maximumApiSeconds: 2 } },
            { gate: 'migrations', settings: { requireDown: true } },
          ],
          approvals: [],
          checklist: { items: 0, tickedByGates: 0 },
          windows: [],
          canary: null,
          bakeSeconds: 4,
        },
      ],
    });
  });

  it.each([
    ['a file that is absent', undefined, 'absent'],
    ['a file that is empty', '', 'must be'],
    ['no YAML', 'a: [\n', 'rules.yaml:'],
    ['a mistyped key', 'version: 1\naplications: []\n', 'Did you mean applications?'],
    ['control characters', 'version: "\u001b[2J\u0007"\n', 'version'],
    ['half a megabyte of brackets', '['.repeat(500_000), 'rules.yaml:'],
    ['more than is read', 'a'.repeat(1_200_000), 'at most'],
  ])('says what is wrong with %s', async (_what, text, hint) => {
    const file = join(folder, 'rules.yaml');
    if (text !== undefined) await writeFile(file, text);
    const { exitCode, out, errors } = await spawnPromote(['rules', 'check', 'rules.yaml'], folder);
    await rm(file, { force: true });
    expect([exitCode, out]).toEqual([2, '']);
    expect(errors).toContain(hint);
    expect(errors).not.toContain('\u001b');
    expect(errors).not.toMatch(/\n\s+at /);
  });

  it('says it in JSON', async () => {
    const { exitCode, out } = await spawnPromote(['rules', 'check', 'absent.yaml', '--json'], folder);
    expect(exitCode).toBe(2);
    expect(JSON.parse(out)).toMatchObject({ file: 'absent.yaml', ok: false, problems: [{ line: 1, column: 1 }] });
  });

  it('ends quietly when its reader has seen enough', async () => {
    const { exitCode, errors } = await spawnPromote(['--help'], folder, {}, 'nobody reads');
    expect([exitCode, errors]).toEqual([141, '']);
  });

  it.each([
    [['status']],
    [['status', 'shop', '--env', 'staging']],
    [['list']],
    [['logs', 'pr-1']],
    [['history']],
    [['changed', '--since', '2h']],
    [['where', 'sha256:1']],
    [['report', 'pr-1']],
    [['audit', 'verify']],
    [['release', 'list', 'shop']],
    [['approve', 'pr-1']],
    [['work']],
  ])('looks at nothing where nothing was ever started, says what starts it, and writes nothing: %p', async (words) => {
    const home = join(folder, 'home');
    const { exitCode, errors } = await spawnPromote(words, folder, { PROMOTION_HOME: home });
    expect(errors).toContain(`error: There is no installation in ${home} yet\nnpm start makes one, or `);
    expect(errors).toContain('local start');
    expect([exitCode, await readdir(folder)]).toEqual([1, []]);
  });

  it.each([[['--help']], [['rules', 'graph', goodRules]], [['rules', 'graph', '--json', goodRules]]])(
    'says that its output has no space, and fails: %p',
    async (words) => {
      const { exitCode, errors } = await spawnPromote(words, folder, {}, 'a full disk');
      expect([exitCode, errors]).toEqual([1, 'error: cannot write to the output: no space left on it\n']);
    },
  );
});
