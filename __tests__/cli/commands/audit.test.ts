import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pruned } from '../../../engine/promotion-service.ts';
import { afterStart } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promote-audit-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('promote audit export', () => {
  function exporting() {
    const asked: object[] = [];
    const session = fakeSession(
      {},
      {
        async *exportAudit(request) {
          asked.push(request);
          yield '{"kind":"header"}\n';
          yield '{"kind":"end"}\n';
        },
      },
    );
    return { session, asked };
  }

  it('writes what is asked for into a new file that only its owner may read', async () => {
    const { session, asked } = exporting();
    const file = join(folder, 'trail.jsonl');
    const words = [
      'audit',
      'export',
      '--compliance',
      '--app',
      'shop',
      '--env',
      'prod',
      '--since',
      '2h',
      '--until',
      '1h',
    ];
    const { exitCode, out } = await record([...words, '--out', file], { session });
    expect(exitCode).toBe(0);
    expect(out).toBe(`✔ 2 lines, 33 bytes in ${file}\nNext:  promote audit verify --file ${file}\n`);
    expect(await readFile(file, 'utf8')).toBe('{"kind":"header"}\n{"kind":"end"}\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(asked).toEqual([
      {
        application: 'shop',
        environment: 'prod',
        since: afterStart(60 - 7200),
        until: afterStart(60 - 3600),
        hasCompliance: true,
      },
    ]);
  });

  it('writes over nothing, and must know where to', async () => {
    const file = join(folder, 'taken');
    await writeFile(file, 'precious');
    const { exitCode } = await record(['audit', 'export', '--out', file], { session: exporting().session });
    expect([exitCode, await readFile(file, 'utf8')]).toEqual([2, 'precious']);
    const lost = await record(['audit', 'export']);
    expect([lost.exitCode, lost.errors]).toEqual([2, expect.stringContaining('--out <file> must be given')]);
  });
});

describe('promote audit verify --file', () => {
  const whole = {
    findings: [],
    chains: 3,
    entries: 18,
    pruned: 0,
    signedUpTo: afterStart(0),
    exportedAt: undefined,
    exportedBy: undefined,
  };

  it('needs no engine, and says what it proved or found', async () => {
    const asked: unknown[] = [];
    const findings = [{ promotionId: 'pr-2', seq: 4, problem: 'entry 4 is missing' }];
    const auditFiles = {
      publicKey: () => Promise.resolve(undefined),
      verifyExport: (...words: readonly unknown[]) => {
        asked.push(words);
        return Promise.resolve(asked.length === 1 ? whole : { ...whole, findings });
      },
    };
    const words = ['audit', 'verify', '--file', 'trail.jsonl'];
    const good = await record(words, { auditFiles });
    expect([good.exitCode, good.out]).toEqual([0, expect.stringContaining('✔ 3 chains, 18 entries verified')]);
    const bad = await record([...words, '--key', 'audit.pem'], { auditFiles });
    expect([bad.exitCode, bad.out]).toEqual([1, expect.stringContaining('✖ pr-2 entry 4: entry 4 is missing')]);
    expect(asked).toEqual([
      ['trail.jsonl', undefined],
      ['trail.jsonl', 'audit.pem'],
    ]);
  });

  it('takes a key only for an export', async () => {
    const { exitCode, errors } = await record(['audit', 'verify', '--key', 'audit.pem']);
    expect([exitCode, errors]).toEqual([2, expect.stringContaining('--key is for an export')]);
  });
});

describe('promote audit key', () => {
  it('prints the public key, or says that there is none yet', async () => {
    const verifyExport = (): never => {
      throw new Error('nothing is verified here');
    };
    const key = { keyId: 'k1', pem: '-----BEGIN PUBLIC KEY-----\n' };
    const known = { publicKey: () => Promise.resolve(key), verifyExport };
    expect((await record(['audit', 'key'], { auditFiles: known })).out).toBe(key.pem);
    expect(JSON.parse((await record(['audit', 'key', '--json'], { auditFiles: known })).out)).toEqual(key);
    const unknown = { publicKey: () => Promise.resolve(undefined), verifyExport };
    const { exitCode, errors } = await record(['audit', 'key'], { auditFiles: unknown });
    expect([exitCode, errors]).toEqual([1, expect.stringContaining('nothing was signed here yet')]);
  });
});

describe('promote audit prune', () => {
  const chains = [{ promotionId: 'pr-1', application: 'shop', environment: 'staging', seq: 40, hash: 'x' }];
  function pruning(pruned: Pruned) {
    const asked: object[] = [];
    const session = fakeSession(
      {},
      {
        prune: (request) => {
          asked.push(request);
          return Promise.resolve(pruned);
        },
      },
    );
    return { session, asked };
  }

  it('shows what would go and what stays, and removes nothing without the word', async () => {
    const { session, asked } = pruning({ chains, kept: 2, logs: undefined });
    const { exitCode, out } = await record(['audit', 'prune', '--older-than', '400'], { session });
    expect(exitCode).toBe(0);
    expect(out).toBe(`1 promotion with 40 entries of the audit trail would be removed:
  pr-1   shop in staging   40 entries
2 promotions as old stay: what runs, waits or is left to do needs them.
Nothing was removed. Add --yes-delete to remove it.
`);
    expect(asked).toEqual([{ chainsOlderThanDays: 400, logsOlderThanDays: undefined, isDryRun: true }]);
  });

  it('removes with the word, and says what', async () => {
    const { session, asked } = pruning({ chains, kept: 0, logs: { promotions: 3, lines: 1204 } });
    const words = ['audit', 'prune', '--older-than', '400', '--logs-older-than', '60', '--yes-delete'];
    const { out } = await record(words, { session });
    expect(out).toContain('✔ 1 promotion with 40 entries of the audit trail removed behind a signed checkpoint.');
    expect(out).toContain('1,204 log lines of 3 promotions removed.');
    expect(asked).toEqual([{ chainsOlderThanDays: 400, logsOlderThanDays: 60, isDryRun: false }]);
    const { out: json } = await record([...words, '--json'], { session });
    expect(JSON.parse(json)).toMatchObject({
      isRemoved: true,
      chains: [{ promotionId: 'pr-1', entries: 40 }],
      kept: 0,
    });
  });

  it.each([[[]], [['--older-than', '0']], [['--older-than', 'x']]])('is refused with %j', async (more) => {
    expect((await record(['audit', 'prune', ...more])).exitCode).toBe(2);
  });
});
