import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

jest.setTimeout(600_000);

const root = join(import.meta.dirname, '../..');

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
  /** The log that it says it kept. */
  readonly log: string | undefined;
}

let parent: string;
/** A clone of the sample's sources. */
let tree: string;
let rulesFile: string;
let rules: string;
const kept: string[] = [];

/** Runs a command line as the guide prints it, in the project's folder. */
function type(line: string): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', line], {
      cwd: root,
      env: { ...process.env, PROMOTION_HOME: join(parent, 'home'), NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    }
    child.once('error', reject);
    child.once('close', (exitCode) => {
      const log = /The log is in (\S+)/.exec(output)?.[1];
      const backup = /The back-up is in (\S+) too/.exec(output)?.[1];
      kept.push(...[log, backup].filter((each) => each !== undefined));
      resolve({ exitCode, output, log });
    });
  });
}

const promote = (words: string) => type(`./node_modules/.bin/node cli/main.ts ${words}`);

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'dev-to-staging-'));
  tree = join(parent, 'shop');
  rulesFile = join(parent, 'rules.yaml');
  rules = await readFile(join(root, 'examples/rules/dev-to-staging.yaml'), 'utf8');
  await writeFile(rulesFile, rules);
  const { exitCode, output } = await promote(`local start --rules ${rulesFile}`);
  if (exitCode !== 0) throw new Error(output);
});
afterAll(async () => {
  await promote('local stop');
  for (const place of [parent, ...kept]) await rm(place, { recursive: true, force: true });
});

async function expectPrivateLog({ log }: Ended, name: RegExp): Promise<string> {
  expect(log).toMatch(name);
  expect((await stat(log ?? '')).mode & 0o777).toBe(0o600);
  return readFile(log ?? '', 'utf8');
}

describe('development to staging, as the guide prints it', () => {
  it('is looked at: ./scripts/status-dev.sh', async () => {
    const ended = await type('./scripts/status-dev.sh');
    expect(ended.exitCode).toBe(0);
    expect(ended.output).toMatch(/shop in development {3}✔ v2 verified/);
    for (const service of ['catalogue', 'orders', 'web']) {
      const row = new RegExp(`^ {2}${service} +v2 +✔ healthy +\\d+ ms .* \\d+ MiB .*%`, 'm');
      expect(ended.output).toMatch(row);
    }
    expect(ended.output).toMatch(/database +shop-development answers in [\d.]+ ms/);
    const log = await expectPrivateLog(ended, /^\/tmp\/dev-\d{8}-\d{6}(-\d+)?\.log$/);
    expect(log).toContain('What orders wrote last');
    expect(log).toContain('"service":"orders"');
  });

  it('is compared: ./scripts/compare-environments.sh', async () => {
    const ended = await type('./scripts/compare-environments.sh');
    expect(ended.exitCode).toBe(0);
    expect(ended.output).toMatch(/≠ +orders +v2 +v1/);
    expect(ended.output).toMatch(/≠ +schema +version 3 +version 2/);
    expect(ended.output).toMatch(/= +products +5 rows, checksum ([0-9a-f]{8}) +5 rows, checksum \1/);
    expect(ended.output).toContain('✔ 100 %: ready for promotion (90 % and above).');
    await expectPrivateLog(ended, /^\/tmp\/env-comparison-\d{8}-\d{6}(-\d+)?\.log$/);
  });

  it('is tested: ./scripts/test-promotion.sh development', async () => {
    const ended = await type('./scripts/test-promotion.sh development');
    expect(ended.exitCode).toBe(0);
    for (const category of [
      'Service health',
      'API endpoints',
      'Database',
      'Security',
      'Performance',
      'Integration',
      'Isolation',
    ]) {
      expect(ended.output).toContain(`\n${category}\n  ✔`);
    }
    expect(ended.output).toMatch(/✔ \d+ passed, 0 failed, 1 not tested\./);
    await expectPrivateLog(ended, /^\/tmp\/promotion-tests-\d{8}-\d{6}(-\d+)?\.log$/);
  });

  it('is refused with uncommitted changes, and warned of where nobody knows', async () => {
    const made = await type(
      `git clone --quiet ${join(parent, 'home', 'source.git')} ${tree} && git -C ${tree} checkout --quiet -B main v2 && echo 2 >>${tree}/release.json`,
    );
    expect([made.exitCode, made.output]).toEqual([0, '']);
    const unknown = await type('./scripts/validate-promotion-requirements.sh');
    expect(unknown.exitCode).toBe(0);
    expect(unknown.output).toMatch(/! source +the state of the source is not known/);
    const refused = await type(`cd ${tree} && ${root}/scripts/promote-to-staging.sh`);
    expect([refused.exitCode, refused.output]).toEqual([3, expect.stringContaining('there were uncommitted changes')]);
    expect(refused.output).toContain('! there are uncommitted changes in the work tree you are in');
  });

  it('is promoted: ./scripts/promote-to-staging.sh, and staging passes its tests', async () => {
    // A clean tree of the release's commit: the script itself says so, which the gate asks for.
    const ended = await type(
      `git -C ${tree} checkout --quiet . && cd ${tree} && ${root}/scripts/promote-to-staging.sh`,
    );
    expect(ended.exitCode).toBe(0);
    expect(ended.output).toMatch(/readiness 100 %/);
    const log = await expectPrivateLog(ended, /^\/tmp\/promotion-\d{8}-\d{6}(-\d+)?\.log$/);
    expect(log).toContain('What the steps wrote:');
    expect(log).toContain('Promoted in');
    const tested = await type('./scripts/test-promotion.sh staging');
    expect([tested.exitCode, tested.output]).toEqual([0, expect.stringMatching(/0 failed/)]);
  });

  it('with caution is refused until somebody acknowledges it, which stays visible', async () => {
    // The frontend of development is asked for what it cannot do: 15 of 16, and ready is 95 % from now on.
    const strict = rules
      .replace(/ {6}responseTimes: .*\n/, '')
      .replace('maxResponseTimeSeconds: 5', 'maxResponseTimeSeconds: 0.000001')
      .replace('readyPercent: 90', 'readyPercent: 95');
    await writeFile(rulesFile, strict);
    const compared = await type('./scripts/compare-environments.sh');
    expect([compared.exitCode, compared.output]).toEqual([
      0,
      expect.stringContaining('! 93.75 %: promotion with caution'),
    ]);
    const refused = await promote('run shop --release v2 --to staging --again');
    expect([refused.exitCode, refused.output]).toEqual([3, expect.stringContaining('--acknowledge <reason>')]);
    const moved = await promote(
      'run shop --release v2 --to staging --again --acknowledge "only the practice shop is slow"',
    );
    expect(moved.exitCode).toBe(0);
    const id = /pr-[0-9a-f]+/.exec(moved.output)?.[0] ?? '';
    const status = await promote(`status ${id}`);
    expect(status.output).toMatch(/Set aside[\s\S]*acknowledge .* only the practice shop is slow/);
    expect((await promote('changed --since 1h')).output).toContain('only the practice shop is slow');
    const tested = await type('./scripts/test-promotion.sh development');
    expect([tested.exitCode, tested.output]).toEqual([1, expect.stringContaining('Performance: web')]);
    const doctor = await promote('doctor');
    expect(doctor.output).toMatch(/✖ tests · development[\s\S]*promote (?:-- )?test development shop/);
    await writeFile(rulesFile, rules);
  });

  it('is not ready without a service, and ends with 3', async () => {
    await writeFile(rulesFile, rules.replaceAll('healthUrl: /healthz', 'healthUrl: /nowhere'));
    const { exitCode, output } = await type('./scripts/compare-environments.sh');
    expect([exitCode, output]).toEqual([3, expect.stringContaining('not ready for promotion (below 75 %)')]);
    await writeFile(rulesFile, rules);
  });

  it('waits for approval in spite of AUTO_APPROVE, unless the rules let whoever asks bring it', async () => {
    const staged = (may: string) =>
      rules.replace(
        '    database: { strategy: incremental }',
        `    approvals: { stages: [{ name: QA, people: [quinn] }]${may} }\n    database: { strategy: incremental }`,
      );
    await writeFile(rulesFile, staged(''));
    const waiting = await type('AUTO_APPROVE=true ./scripts/promote-environment.sh --again');
    expect([waiting.exitCode, waiting.output]).toEqual([
      4,
      expect.stringContaining('it waits for approval as any other'),
    ]);
    const id = /pr-[0-9a-f]+/.exec(waiting.output)?.[0] ?? '';
    expect((await promote(`cancel ${id}`)).exitCode).toBe(0);
    await writeFile(rulesFile, staged(', mayAutoApprove: [promoter]'));
    const brought = await type('AUTO_APPROVE=true ./scripts/promote-environment.sh --again');
    expect([brought.exitCode, brought.output]).toEqual([0, expect.stringContaining('Promoted in')]);
    await writeFile(rulesFile, rules);
  });

  it('takes its configuration from where GITOPS_REPO and GITOPS_BRANCH say, and commits it there', async () => {
    const repository = join(parent, 'gitops.git');
    const own = join(parent, 'home', 'configuration.git');
    const before = (await type(`git --git-dir=${own} rev-parse staging`)).output;
    // As staging was before v2 came.
    await type(
      `git clone --quiet --bare --branch staging ${own} ${repository} && git --git-dir=${repository} branch main staging~1`,
    );
    const where = `GITOPS_REPO=${repository} GITOPS_BRANCH=main`;
    const looked = await type(`DRY_RUN=true ${where} ./scripts/promote-to-staging.sh --again`);
    expect([looked.exitCode, looked.output]).toEqual([
      0,
      expect.stringContaining(`in ${repository} on main, which is not where the rules say`),
    ]);
    const moved = await type(`${where} ./scripts/promote-to-staging.sh --again`);
    expect([moved.exitCode, moved.output]).toEqual([0, expect.stringContaining('Promoted in')]);
    const newest = await type(`git --git-dir=${repository} log -1 --format=%s main`);
    expect(newest.output).toBe('Promote shop v2 to staging\n');
    expect((await type(`git --git-dir=${own} rev-parse staging`)).output).toBe(before);
    const doctor = await promote('doctor');
    expect(doctor.output).toMatch(/✔ configuration · staging +main is at what runs/);
  });
});
