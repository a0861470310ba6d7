import { createHash } from 'node:crypto';
import { chainEvent, genesisHash, verifyChain } from '../../../engine/audit/hash-chain.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { entryAt, rechained, sampleChain } from './sample-chain.ts';

describe('the hash of an entry', () => {
  const entry = {
    promotionId: 'pr-7f3a',
    seq: 1,
    at: new Date('2026-11-02T10:00:00.007Z'),
    type: 'requested',
    actor: engineActor,
    data: { b: 1, a: 2 },
    previousHash: genesisHash,
  };

  it('is the SHA-256 of its canonical JSON, so that anybody can compute it', () => {
    const text = `{"actor":{"id":"promotion-process","roles":[],"verified":true,"via":"engine"},"at":"2026-11-02T10:00:00.007Z","data":{"a":2,"b":1},"previousHash":"${genesisHash}","promotionId":"pr-7f3a","seq":1,"type":"requested"}`;
    expect(chainEvent(entry)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it.each([
    ['promotionId', { promotionId: 'pr-7f3b' }],
    ['seq', { seq: 2 }],
    ['at', { at: new Date('2026-11-02T10:00:00.008Z') }],
    ['type', { type: 'Requested' }],
    ['actor', { actor: { ...engineActor, verified: false } }],
    ['data', { data: { b: 1, a: '2' } }],
    ['previousHash', { previousHash: '1'.repeat(64) }],
  ])('covers %s', (_, change) => {
    expect(chainEvent({ ...entry, ...change })).not.toBe(chainEvent(entry));
  });

  it('refuses what could not be stored as it is', () => {
    expect(() => chainEvent({ ...entry, data: { a: Number.NaN } })).toThrow('$.data.a is NaN');
  });
});

describe('a chain by itself', () => {
  const id = 'pr-7f3a';
  const chain = sampleChain(id, 9);
  const problems = (entries: typeof chain): readonly string[] => verifyChain(id, entries).map(({ problem }) => problem);

  it('is whole as it was written, and when it is empty', () => {
    expect(problems(chain)).toEqual([]);
    expect(problems([])).toEqual([]);
  });

  it('names an edited entry', () => {
    expect(problems(chain.map((entry) => (entry.seq === 4 ? { ...entry, data: { number: 0 } } : entry)))).toEqual([
      'entry 4 was edited: its hash is not that of its content',
    ]);
  });

  it('names the entry behind one that was edited and hashed anew', () => {
    const edited = rechained(id, [...chain.slice(0, 3), { ...entryAt(chain, 3), type: 'x' }], 3);
    expect(problems(chain.with(3, entryAt(edited, 3)))).toEqual(['entry 5 does not follow entry 4 as it is stored']);
  });

  it('names removed entries', () => {
    expect(problems(chain.filter(({ seq }) => seq !== 4))).toEqual(['entry 4 is missing']);
    expect(problems(chain.slice(2))).toEqual(['entries 1 to 2 are missing']);
    expect(problems(chain.toSpliced(3, 3))).toEqual(['entries 4 to 6 are missing']);
  });

  it('names removed entries whose place was closed by numbering', () => {
    const closed = chain.toSpliced(3, 1).map((entry, index) => ({ ...entry, seq: index + 1 }));
    expect(problems(closed)[0]).toBe('entry 4 was edited: its hash is not that of its content');
  });

  it('names entries that changed places', () => {
    const swapped = chain.with(2, entryAt(chain, 3)).with(3, entryAt(chain, 2));
    expect(problems(swapped)).toEqual([
      'entry 3 is missing',
      'entry 3 stands behind entry 4: entries were inserted or reordered',
      'entry 4 is missing',
    ]);
  });

  it('names an entry that was put in twice', () => {
    expect(problems(chain.toSpliced(4, 0, entryAt(chain, 3)))).toEqual([
      'entry 4 stands behind entry 4: entries were inserted or reordered',
    ]);
  });

  it('names an entry that holds what no entry can hold', () => {
    for (const damage of [{ at: new Date(Number.NaN) }, { data: { a: Number.NaN } }]) {
      expect(problems(chain.with(4, { ...entryAt(chain, 4), ...damage }))).toEqual([
        'entry 5 was edited: its hash is not that of its content',
      ]);
    }
  });

  it('of another promotion is not taken for this one’s', () => {
    expect(problems(sampleChain('pr-other', 2))).toHaveLength(2);
  });
});
