import fc from 'fast-check';
import { planChunks, type Chunk } from '../../../../functions/db-migration/copy/plan-chunks.ts';

const tables = fc.uniqueArray(
  fc.record({ oid: fc.nat(), bytes: fc.nat({ max: 1e9 }), pages: fc.nat({ max: 1e5 }), indexCost: fc.nat({ max: 1e9 }) }),
  { selector: ({ oid }) => oid },
);

/** Whether the pages from the first to the last one are in one of them each. */
function coverEachPageOnce(chunks: readonly Chunk[]): boolean {
  if (chunks.length === 1 && chunks[0]?.pages === undefined) return true;
  const [first] = chunks;
  const last = chunks.at(-1);
  return (
    first?.pages?.from === 0 &&
    last?.pages?.to === undefined &&
    chunks.slice(1).every(({ pages }, index) => pages?.from !== undefined && pages.from === chunks[index]?.pages?.to)
  );
}

describe('cutting tables', () => {
  it('has each page of each table in one chunk, and no chunk much larger than wanted', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 1e8 }), (all, chunkBytes) => {
        const chunks = planChunks(all, chunkBytes, true);
        for (const table of all) {
          const own = chunks.filter((chunk) => chunk.table === table.oid);
          expect(coverEachPageOnce(own)).toBe(true);
          const pageBytes = Math.max(1, table.bytes / Math.max(1, table.pages));
          for (const { bytes } of own) expect(bytes).toBeLessThanOrEqual(2 * Math.max(chunkBytes, pageBytes) + 1);
        }
      }),
    );
  });

  it('begins with the tables whose indexes take longest, and the largest of them', () => {
    const table = (oid: number, bytes: number, indexCost: number) => ({ oid, bytes, pages: 10, indexCost });
    const chunks = planChunks([table(1, 900, 0), table(2, 10, 50), table(3, 20, 50)], 1000, true);
    expect(chunks.map((chunk) => chunk.table)).toEqual([3, 2, 1]);
  });

  it('leaves tables whole where a server would read all of one for each part', () => {
    const [chunk, ...more] = planChunks([{ oid: 1, bytes: 1e9, pages: 1e5, indexCost: 0 }], 1e6, false);
    expect([chunk?.pages, more]).toEqual([undefined, []]);
  });
});
