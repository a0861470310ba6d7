import { signCheckpoint, type SignedCheckpoint } from '../../../engine/audit/checkpoint.ts';
import { signHead } from '../../../engine/audit/signed-heads.ts';
import { verifyAudit, type AuditChain } from '../../../engine/audit/verify-audit.ts';
import { entryAt, rechained, sampleChain } from './sample-chain.ts';
import { newKey, stored } from './sample-keys.ts';

const key = newKey();
const chain = sampleChain('pr-old', 5);
const young = sampleChain('pr-young', 3);
const at = new Date('2026-11-02T10:00:00.000Z');
const newest = (of: typeof chain, promotionId: string, length = of.length) => ({
  promotionId,
  seq: length,
  hash: entryAt(of, length - 1).hash,
});
const heads = [signHead({ at, entries: [newest(chain, 'pr-old'), newest(young, 'pr-young')] }, key)];
const pruned = (entry = newest(chain, 'pr-old'), signer = key): SignedCheckpoint =>
  signCheckpoint({ at: new Date('2027-11-02T10:00:00.000Z'), endedBefore: at, chains: [entry] }, signer);
const verify = (
  documents: readonly unknown[],
  chains: readonly AuditChain[] = [{ promotionId: 'pr-young', events: young }],
) => verifyAudit(chains, stored(documents), [key]);

describe('chains that were removed because their time was over', () => {
  it('are no finding behind a signed checkpoint that knew all of them', async () => {
    expect(await verify([...heads, pruned()])).toMatchObject({ findings: [], chains: 1, pruned: 1 });
  });

  it('are named when somebody removed them by hand', async () => {
    const { findings } = await verify(heads);
    expect(findings).toMatchObject([
      { promotionId: 'pr-old', problem: expect.stringContaining('missing altogether') as string },
    ]);
  });

  it('are named when the checkpoint knew less of them than was signed', async () => {
    const { findings } = await verify([...heads, pruned(newest(chain, 'pr-old', 3))]);
    expect(findings).toMatchObject([
      {
        promotionId: 'pr-old',
        problem: expect.stringContaining('pruned at 2027-11-02T10:00:00.000Z with 3 entries') as string,
      },
    ]);
  });

  it('are named when they were rewritten before they were removed', async () => {
    const edited = rechained('pr-old', chain.with(3, { ...entryAt(chain, 3), type: 'x' }), 3);
    const { findings } = await verify([...heads, pruned(newest(edited, 'pr-old'))]);
    expect(findings).toMatchObject([
      {
        promotionId: 'pr-old',
        seq: 5,
        problem: expect.stringContaining('was signed twice with different content') as string,
      },
    ]);
  });

  it('are not explained by a checkpoint that another key signed, or that somebody changed', async () => {
    for (const forged of [
      pruned(newest(chain, 'pr-old'), newKey()),
      { ...pruned(), endedBefore: '2030-01-01T00:00:00.000Z' },
    ]) {
      const { findings } = await verify([...heads, forged]);
      expect(findings.map(({ promotionId }) => promotionId).toSorted()).toEqual(['*', 'pr-old']);
    }
  });

  it('may still be there: whoever wrote the checkpoint was cut off before they were removed', async () => {
    const chains = [
      { promotionId: 'pr-old', events: chain },
      { promotionId: 'pr-young', events: young },
    ];
    expect(await verify([...heads, pruned()], chains)).toMatchObject({ findings: [], chains: 2, pruned: 0 });
  });

  it('may be removed while the trail is verified', async () => {
    const documents: unknown[] = [...heads];
    async function* chains() {
      yield { promotionId: 'pr-young', events: young };
      documents.push(pruned());
    }
    expect((await verifyAudit(chains(), { readAll: () => stored(documents).readAll() }, [key])).findings).toEqual([]);
  });
});
