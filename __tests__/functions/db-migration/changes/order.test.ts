import fc from 'fast-check';
import { pendingOf, revertibleOf } from '../../../../functions/db-migration/changes/order.ts';
import type { AppliedMigration } from '../../../../functions/db-migration/control/applied-migration.ts';
import { sampleMigration } from '../../../support/sample-migration.ts';

const migration = (version: number): ReturnType<typeof sampleMigration> =>
  sampleMigration(version, `SELECT ${version}`);

function applied(version: number, more: Partial<AppliedMigration> = {}): AppliedMigration {
  const { name, kind, checksum } = migration(version);
  const row = { version, name, kind, checksum, promotionKey: 'p', startedAt: '2026-01-01T00:00:00Z' };
  return { ...row, finishedAt: row.startedAt, statementsDone: 0, revertingKey: null, ...more };
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('the order of migrations', () => {
  it('is the version’s, whatever order they are given in, and takes back exactly what was applied', () => {
    fc.assert(
      fc.property(fc.nat(8), fc.nat(8), fc.infiniteStream(fc.nat()), (before, more, random) => {
        const all = upTo(before + more);
        const shuffled = all
          .map((version) => ({ version, weight: random.next().value as number }))
          .toSorted((a, b) => a.weight - b.weight)
          .map(({ version }) => migration(version));
        const rows = upTo(before).map((version) => applied(version));
        const pending = pendingOf(rows, shuffled).map(({ version }) => version);
        expect(pending).toEqual(all.slice(before));
        const after = [...rows, ...pending.map((version) => applied(version))];
        const added = shuffled.filter(({ version }) => version > before);
        expect(revertibleOf(after, added).map(({ version }) => version)).toEqual(pending.toReversed());
      }),
    );
  });

  it('never skips a version nor goes below one that is applied', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 6 })), fc.nat(4), (given, count) => {
        const rows = upTo(count).map((version) => applied(version));
        let pending: readonly number[];
        try {
          pending = pendingOf(rows, given.map(migration)).map(({ version }) => version);
        } catch (error) {
          expect(error).toMatchObject({ code: 'out-of-order' });
          return;
        }
        expect(pending).toEqual(pending.map((_, index) => count + index + 1));
        expect(pending).toEqual(given.filter((version) => version > count).toSorted((a, b) => a - b));
      }),
    );
  });

  it('puts one that was interrupted first, and refuses to leave it aside', () => {
    const rows = [applied(1), applied(2, { finishedAt: null })];
    expect(pendingOf(rows, [migration(3), migration(2)]).map(({ version }) => version)).toEqual([2, 3]);
    expect(() => pendingOf(rows, [migration(3)])).toThrow(
      expect.objectContaining({ code: 'unfinished-migration' }) as Error,
    );
  });

  it('applies nothing while a reversion is half done', () => {
    const rows = [applied(1, { finishedAt: null, revertingKey: 'r' })];
    expect(() => pendingOf(rows, [migration(1)])).toThrow('was interrupted. Revert it again');
    expect(revertibleOf(rows, [migration(1)])).toHaveLength(1);
  });
});
