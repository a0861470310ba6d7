import fc from 'fast-check';
import { signCheckpoint } from '../../../engine/audit/checkpoint.ts';
import { auditExportLines, type ExportedChain } from '../../../engine/audit/export-lines.ts';
import { readPublicKey, publicKeyPem } from '../../../engine/audit/public-key.ts';
import { signHead, type AuditVerificationKey } from '../../../engine/audit/signed-heads.ts';
import { verifyExport } from '../../../engine/audit/verify-export.ts';
import { entryAt, rechained, sampleChain } from './sample-chain.ts';
import { newKey, stored } from './sample-keys.ts';

const key = newKey();
const publicKey: AuditVerificationKey = readPublicKey(publicKeyPem(key), 'audit.pem');
const at = new Date('2026-11-20T10:00:00.000Z');
const ids = ['pr-1', 'pr-2', 'pr-3'] as const;
const chains = ids.map((promotionId) => ({ promotionId, events: sampleChain(promotionId, 6) }));
const newest = ({ promotionId, events }: (typeof chains)[number], length = events.length) => ({
  promotionId,
  seq: length,
  hash: entryAt(events, length - 1).hash,
});
const pruned = sampleChain('pr-0', 4);
const heads = [
  signHead({ at, entries: chains.map((chain) => newest(chain, 3)) }, key),
  signHead(
    {
      at,
      entries: [
        ...chains.map((chain) => newest(chain)),
        { promotionId: 'pr-0', seq: 4, hash: entryAt(pruned, 3).hash },
      ],
    },
    key,
  ),
  signCheckpoint(
    { at, endedBefore: at, chains: [{ promotionId: 'pr-0', seq: 4, hash: entryAt(pruned, 3).hash }] },
    key,
  ),
];

async function exported(
  of: readonly ExportedChain[] = chains,
  signer = key,
  documents: readonly unknown[] = heads,
  application: string | null = 'shop',
) {
  const lines: string[] = [];
  const source = async function* () {
    yield* of;
  };
  for await (const line of auditExportLines({
    at,
    by: 'vera',
    scope: { application, environment: null, since: null, until: null, hasCompliance: true },
    chains: source(),
    heads: stored(documents),
    summary: () => ({ promotions: of.length }),
    key: signer,
  })) {
    lines.push(line);
  }
  return lines.map((line) => line.slice(0, -1));
}

const verify = (lines: readonly string[], keys: readonly AuditVerificationKey[] = [publicKey]) =>
  verifyExport(async function* () {
    yield* lines;
  }, keys);
const problems = async (lines: readonly string[]) =>
  (await verify(lines)).findings.map(({ promotionId, seq, problem }) =>
    [promotionId, seq, problem].filter((each) => each !== undefined).join(' '),
  );
const kindOf = (line: string): string => (JSON.parse(line) as { readonly kind: string }).kind;
const indexOfEntry = (lines: readonly string[], promotionId: string, seq: number): number =>
  lines.findIndex((line) => line.includes(`"kind":"entry","promotionId":"${promotionId}","seq":${String(seq)},`));

describe('an export of the audit trail', () => {
  it('proves itself with nothing but the public key', async () => {
    const lines = await exported();
    expect([...new Set(lines.map(kindOf))]).toEqual(['header', 'entry', 'manifest', 'head', 'summary', 'end']);
    expect(await verify(lines)).toEqual({
      findings: [],
      chains: 3,
      entries: 18,
      pruned: 0,
      signedUpTo: at,
      scope: { application: 'shop', environment: null, since: null, until: null, hasCompliance: true },
      exportedAt: at.toISOString(),
      exportedBy: 'vera',
    });
  });

  it('holds of the heads those that speak of its chains, and what is no head at all', async () => {
    const lines = await exported(chains, key, [...heads, { somebody: 'put this here' }]);
    expect(lines.filter((line) => kindOf(line) === 'head')).toHaveLength(3);
    expect(await problems(lines)).toEqual(['* the head 3.json cannot be read: it was damaged or is none']);
  });

  it('of everything explains what was pruned, and names what nobody pruned', async () => {
    expect(await verify(await exported(chains, key, heads, null))).toMatchObject({ findings: [], pruned: 1 });
    const missing = await exported(chains.slice(1), key, heads, null);
    expect((await problems(missing)).join('\n')).toContain('pr-1 the promotion is missing altogether');
  });

  it('of a part is whole without the chains that it leaves out', async () => {
    expect((await verify(await exported(chains.slice(0, 1)))).findings).toEqual([]);
  });

  it('names an entry that was edited', async () => {
    const lines = await exported();
    const place = indexOfEntry(lines, 'pr-2', 4);
    const edited = (lines[place] ?? '').replace('"type":"', '"type":"x-');
    expect(await problems(lines.with(place, edited))).toEqual([
      'pr-2 4 entry 4 was edited: its hash is not that of its content',
      '* the export is not what was written: its SHA-256 is another',
    ]);
  });

  it('names an entry that was removed', async () => {
    const lines = await exported();
    const found = await problems(lines.toSpliced(indexOfEntry(lines, 'pr-2', 4), 1));
    expect(found).toContain('pr-2 4 entry 4 is missing');
    expect(found).toContain('* 3 chains and 18 entries were exported; 3 and 17 are here');
  });

  it('names entries that changed places', async () => {
    const lines = await exported();
    const [a, b] = [indexOfEntry(lines, 'pr-2', 3), indexOfEntry(lines, 'pr-2', 4)];
    const found = await problems(lines.with(a, lines[b] ?? '').with(b, lines[a] ?? ''));
    expect(found.join('\n')).toContain('pr-2 3 entry 3 stands behind entry 4: entries were inserted or reordered');
  });

  it('names a chain whose end was cut off, also when it was computed anew', async () => {
    const lines = await exported();
    const cut = lines.filter((_, index) => index !== indexOfEntry(lines, 'pr-2', 6));
    expect((await problems(cut)).join('\n')).toContain('pr-2 6 entry 6 is missing; a head signed at');
    const rewritten = rechained(
      'pr-1',
      chains[0]?.events.with(2, { ...entryAt(chains[0].events, 2), type: 'x' }) ?? [],
      2,
    );
    const forged = await exported([{ promotionId: 'pr-1', events: rewritten }, ...chains.slice(1)], newKey());
    const found = await problems(forged);
    expect(found.join('\n')).toMatch(/the manifest in line \d+ has the unknown key/);
  });

  it('names a chain that is gone', async () => {
    const lines = await exported();
    const found = await problems(lines.filter((line) => !line.includes('"kind":"entry","promotionId":"pr-2"')));
    expect(found.join('\n')).toContain('pr-2 the promotion is missing altogether');
  });

  it('names what stands in two places', async () => {
    const lines = await exported();
    const place = indexOfEntry(lines, 'pr-1', 6);
    const moved = lines.toSpliced(place, 1).toSpliced(indexOfEntry(lines, 'pr-3', 6), 0, lines[place] ?? '');
    expect((await problems(moved)).join('\n')).toContain('pr-1 the promotion is stored twice');
  });

  it('says that its end or its beginning was cut off', async () => {
    const lines = await exported();
    expect(await problems(lines.slice(0, -1))).toEqual(['* the export is cut: its signed last line is missing']);
    expect((await problems(lines.slice(1))).join('\n')).toContain(
      '* the export has no header: its beginning was cut off',
    );
    const half = lines.with(-1, (lines.at(-1) ?? '').slice(0, 40));
    expect((await problems(half)).join('\n')).toContain(`line ${String(lines.length)} is no line of an export`);
  });

  it('says that the end was signed by another key, or is that of another export', async () => {
    const lines = await exported();
    const other = await exported();
    expect((await problems(lines.with(-1, other.at(-1) ?? ''))).join('\n')).toContain(
      '* the end belongs to another export',
    );
    const resigned = await exported(chains, newKey());
    expect((await problems(resigned)).join('\n')).toMatch(/\* the end of the export has the unknown key/);
  });

  it('finds every change of a character, a line or an order, wherever it is', async () => {
    const lines = await exported();
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: lines.length - 1 }),
        fc.nat({ max: lines.length - 1 }),
        fc.nat(),
        fc.constantFrom('character', 'remove', 'swap', 'repeat'),
        async (first, second, position, change) => {
          const line = lines[first] ?? '';
          const at = position % line.length;
          const letter = line[at] === '0' ? '1' : '0';
          const changed = {
            character: () => lines.with(first, `${line.slice(0, at)}${letter}${line.slice(at + 1)}`),
            remove: () => lines.toSpliced(first, 1),
            swap: () => lines.with(first, lines[second] ?? '').with(second, line),
            repeat: () => lines.toSpliced(second, 0, line),
          }[change]();
          if (changed.join('\n') === lines.join('\n')) return;
          expect((await verify(changed)).findings).not.toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('the public key', () => {
  it('is handed on as PEM, and nothing else is taken for it', () => {
    expect(publicKey.keyId).toBe(key.keyId);
    expect(publicKeyPem(key)).not.toContain('PRIVATE');
    for (const text of ['', 'x', key.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()]) {
      expect(() => readPublicKey(text, 'audit.pem')).toThrow('audit.pem holds no Ed25519 public key in PEM');
    }
  });
});
