import { jest } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import type { HashedEntry } from '../../../engine/audit/hash-chain.ts';
import type { HeadStore } from '../../../engine/audit/head-store.ts';
import { keyIdOf, signHead, type AuditKey, type SignedHead } from '../../../engine/audit/signed-heads.ts';
import { verifyAudit, type AuditChain, type AuditReport } from '../../../engine/audit/verify-audit.ts';
import { entryAt, rechained, sampleChain } from './sample-chain.ts';

// Real processes and many runs; on a busy machine they take their time.
jest.setTimeout(120_000);

const newKey = (): AuditKey => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { keyId: keyIdOf(publicKey), publicKey, privateKey };
};
const key = newKey();
const id = 'pr-7f3a';
const signedAt = new Date('2026-11-02T10:00:00.000Z');

/** Heads over a chain at some of its entries, as they were signed while it grew. */
const headsOf = (chain: readonly HashedEntry[], seqs: readonly number[], promotionId = id): readonly SignedHead[] =>
  seqs.map((seq) =>
    signHead({ at: signedAt, entries: [{ promotionId, seq, hash: entryAt(chain, seq - 1).hash }] }, key),
  );

const stored = (heads: readonly unknown[]): Pick<HeadStore, 'readAll'> => ({
  async *readAll() {
    for (const [index, content] of heads.entries()) {
      yield { name: `${String(index)}.json`, content };
    }
  },
});

const verify = (chains: readonly AuditChain[], heads: readonly unknown[]): Promise<AuditReport> =>
  verifyAudit(chains, stored(heads), [key]);

const findingsOf = async (events: readonly HashedEntry[], heads: readonly unknown[]) =>
  (await verify([{ promotionId: id, events }], heads)).findings;

describe('an audit trail nobody has touched', () => {
  it('verifies, and says what was looked at', async () => {
    const chains = ['pr-1', 'pr-2', 'pr-3'].map((promotionId) => ({
      promotionId,
      events: sampleChain(promotionId, 5),
    }));
    const heads = chains.slice(1).flatMap(({ promotionId, events }) => headsOf(events, [2, 4], promotionId));
    expect(await verify(chains, heads)).toEqual({
      findings: [],
      chains: 3,
      entries: 15,
      pruned: 0,
      signedUpTo: signedAt,
    });
  });

  it('verifies when nothing was ever written or signed', async () => {
    expect(await verify([], [])).toEqual({ findings: [], chains: 0, entries: 0, pruned: 0, signedUpTo: undefined });
  });

  it('verifies with a key that is no longer used', async () => {
    const old = newKey();
    const chain = sampleChain(id, 3);
    const head = signHead({ at: signedAt, entries: [{ promotionId: id, seq: 3, hash: entryAt(chain, 2).hash }] }, old);
    const report = await verifyAudit([{ promotionId: id, events: chain }], stored([head]), [key, old]);
    expect(report.findings).toEqual([]);
  });
});

describe('what only signed heads can tell', () => {
  const chain = sampleChain(id, 43);

  it('the end was cut off', async () => {
    const missing = {
      promotionId: id,
      seq: 41,
      problem: 'entries 41 to 43 are missing; a head signed at 2026-11-02T10:00:00.000Z has 43',
    };
    expect(await findingsOf(chain.slice(0, 40), headsOf(chain, [40, 43]))).toEqual([missing]);
    expect(await findingsOf(chain.slice(0, 40), headsOf(chain, [20, 43]))).toEqual([
      missing,
      {
        promotionId: id,
        seq: 21,
        problem: 'entries 21 to 40 are no longer proved: the head that vouched for them does not hold any more',
      },
    ]);
  });

  it('everything was computed anew from an edited entry on', async () => {
    const edited = rechained(id, chain.with(29, { ...entryAt(chain, 29), type: 'x' }), 29);
    expect(await findingsOf(edited, headsOf(chain, [20, 28, 43]))).toEqual([
      {
        promotionId: id,
        seq: 29,
        problem:
          'one or more of entries 29 to 43 were rewritten: entry 43 is not what was signed at 2026-11-02T10:00:00.000Z',
      },
    ]);
  });

  it('the very entry that was signed was computed anew', async () => {
    const edited = rechained(id, chain.with(42, { ...entryAt(chain, 42), type: 'x' }), 42);
    const [finding] = await findingsOf(edited, headsOf(chain, [42, 43]));
    expect(finding).toMatchObject({ seq: 43, problem: expect.stringMatching(/^entry 43 was rewritten/) as string });
  });

  it('a promotion is gone', async () => {
    const { findings } = await verify([], headsOf(chain, [20, 43]));
    expect(findings).toEqual([
      {
        promotionId: id,
        problem: 'the promotion is missing altogether; a head signed at 2026-11-02T10:00:00.000Z has 43 entries of it',
      },
    ]);
  });

  it('a promotion is stored twice, or under another name', async () => {
    const twice = await verify(
      [
        { promotionId: id, events: chain },
        { promotionId: id, events: chain },
      ],
      [],
    );
    expect(twice.findings).toEqual([{ promotionId: id, problem: 'the promotion is stored twice' }]);
    const renamed = await verify([{ promotionId: 'pr-x', events: chain.slice(0, 1) }], headsOf(chain, [1]));
    expect(renamed.findings.map(({ promotionId }) => promotionId)).toEqual(['pr-x', id]);
  });
});

describe('the heads themselves', () => {
  const chain = sampleChain(id, 5);
  const [genuine] = headsOf(chain, [5]);

  it.each<[string, unknown, string]>([
    ['whose time was changed', { ...genuine, at: '2026-11-03T10:00:00.000Z' }, 'a signature that is not'],
    ['whose entries were changed', { ...genuine, entries: [] }, 'a signature that is not'],
    ['with another signature', { ...genuine, signature: 'AAAA' }, 'a signature that is not'],
    ['of an unknown key', signHead({ at: signedAt, entries: [] }, newKey()), 'the unknown key'],
    [
      'of another key under a known id',
      { ...signHead({ at: signedAt, entries: [] }, { ...newKey(), keyId: key.keyId }) },
      'a signature that is not',
    ],
    ['that is not JSON', undefined, 'cannot be read'],
    ['with something added', { ...genuine, note: 'x' }, 'cannot be read'],
    ['with a number in the place of a name', { ...genuine, keyId: 1 }, 'cannot be read'],
  ])('one %s is named and proves nothing', async (_, head, problem) => {
    const report = await verify([{ promotionId: id, events: chain }], [head]);
    expect(report.findings).toEqual([{ promotionId: '*', problem: expect.stringContaining(problem) as string }]);
    expect(report.findings[0]?.problem).toContain('the head 0.json');
    expect(report.signedUpTo).toBeUndefined();
  });

  it('that contradict each other are named: somebody signed two histories', async () => {
    const other = rechained(id, chain.with(0, { ...entryAt(chain, 0), type: 'x' }));
    const findings = await findingsOf(chain, [...headsOf(chain, [5]), ...headsOf(other, [5])]);
    expect(findings).toEqual([
      { promotionId: id, seq: 5, problem: expect.stringContaining('signed twice with different content') as string },
    ]);
  });
});

/** Ways to tamper with a chain; each takes the position where it begins. */
type Tampering = (chain: readonly HashedEntry[], at: number, more: number) => readonly HashedEntry[];

const forged = (chain: readonly HashedEntry[], at: number, more: number): HashedEntry => ({
  ...entryAt(chain, at),
  data: { forged: more },
});

const tamperings = {
  edit: (chain, at, more) => chain.with(at, forged(chain, at, more)),
  'edit the time': (chain, at, more) =>
    chain.with(at, { ...entryAt(chain, at), at: new Date(entryAt(chain, at).at.getTime() + more + 1) }),
  'edit and hash anew': (chain, at, more) =>
    chain.with(at, entryAt(rechained(id, chain.with(at, forged(chain, at, more)).slice(0, at + 1), at), at)),
  'edit and compute anew': (chain, at, more) => rechained(id, chain.with(at, forged(chain, at, more)), at),
  remove: (chain, at, more) => chain.toSpliced(at, 1 + more),
  'remove and number anew': (chain, at, more) =>
    chain.toSpliced(at, 1 + more).map((entry, index) => ({ ...entry, seq: index + 1 })),
  'remove and compute anew': (chain, at, more) => rechained(id, chain.toSpliced(at, 1 + more), at),
  'cut off': (chain, at) => chain.slice(0, at),
  swap: (chain, at, more) => {
    const other = (at + 1 + more) % chain.length;
    return chain.with(at, entryAt(chain, other)).with(other, entryAt(chain, at));
  },
  'swap and compute anew': (chain, at, more) => {
    const other = (at + 1 + more) % chain.length;
    return rechained(id, chain.with(at, entryAt(chain, other)).with(other, entryAt(chain, at)), Math.min(at, other));
  },
  insert: (chain, at, more) => chain.toSpliced(at, 0, forged(chain, at, more)),
  'insert and compute anew': (chain, at, more) => rechained(id, chain.toSpliced(at, 0, forged(chain, at, more)), at),
  repeat: (chain, at, more) => chain.toSpliced(at, 0, entryAt(chain, more % chain.length)),
} satisfies Record<string, Tampering>;

const show = (chain: readonly HashedEntry[]): readonly string[] => chain.map((entry) => JSON.stringify(entry));

describe('any tampering with what a head covers', () => {
  const step = fc.record({
    kind: fc.constantFrom(...(Object.keys(tamperings) as (keyof typeof tamperings)[])),
    at: fc.nat({ max: 20 }),
    more: fc.nat({ max: 3 }),
  });

  it('is found, at the first wrong entry or right behind it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
        fc.array(step, { minLength: 1, maxLength: 3 }),
        async (length, signedSeqs, steps) => {
          const original = sampleChain(id, length);
          const seqs = [...new Set([...signedSeqs.filter((seq) => seq <= length), length])];
          let tampered = original;
          for (const { kind, at, more } of steps) {
            if (tampered.length > 0) {
              tampered = tamperings[kind](tampered, at % tampered.length, more);
            }
          }
          const before = show(original);
          const after = show(tampered);
          // Entries behind the newest head are not covered; an unbroken chain there is growth.
          fc.pre(before.some((entry, index) => entry !== after[index]));
          const findings = await findingsOf(tampered, headsOf(original, seqs));
          const firstWrong = before.findIndex((entry, index) => entry !== after[index]) + 1;
          expect(findings.length).toBeGreaterThan(0);
          expect(findings[0]?.promotionId).toBe(id);
          expect(Math.min(...findings.map(({ seq }) => seq ?? Infinity))).toBeLessThanOrEqual(firstWrong + 1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('without it, growth behind the newest head is no finding', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), async (length, seq) => {
        const chain = sampleChain(id, length);
        expect(await findingsOf(chain, headsOf(chain, [Math.min(seq, length)]))).toEqual([]);
      }),
    );
  });
});
