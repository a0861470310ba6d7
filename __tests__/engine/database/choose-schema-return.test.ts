import fc from 'fast-check';
import { chooseSchemaReturn } from '../../../engine/database/choose-schema-return.ts';
import type { Migration, Release } from '../../../engine/release.ts';

const release = (min: number, max: number): Release => ({
  id: 'rel-v1',
  application: 'shop',
  name: 'v1',
  digest: `sha256:${'1'.repeat(64)}`,
  content: {
    images: [{ service: 'api', image: 'api', digest: `sha256:${'2'.repeat(64)}` }],
    configuration: {},
    flags: [],
    database: { schemaRange: { min, max }, migrations: [] },
  },
  createdAt: new Date(0),
  createdBy: 'ana',
});

const migration = (version: number, more: Partial<Migration> = {}): Migration => ({
  version,
  name: `change ${String(version)}`,
  kind: 'expand',
  transactional: true,
  up: 'select 1',
  down: 'select 2',
  downLosesData: false,
  checksum: '3'.repeat(64),
  ...more,
});

describe('the schema of a release that returns and runs beside what came since', () => {
  it('stays, and is told by what the release runs on, whether it knows the migrations or not', () => {
    expect(chooseSchemaReturn(release(2, 9), 3, [migration(3)], {})).toEqual({
      kind: 'keep',
      reason: 'v1 runs on schema 3',
    });
    // A look at a revision asks only about what it does not know, which is nothing here: something ran all the same.
    expect(chooseSchemaReturn(release(2, 9), 3, [], {})).toEqual({ kind: 'keep', reason: 'v1 runs on schema 3' });
  });

  it('goes back by the down files when that is wished and loses nothing', () => {
    const applied = [migration(3), migration(4)];
    expect(chooseSchemaReturn(release(2, 9), 4, applied, { undoesMigrations: true })).toEqual({
      kind: 'revert',
      migrations: applied,
    });
  });

  it('stays in spite of the wish when a down file discards what was written, until that is accepted', () => {
    const applied = [migration(3, { downLosesData: true }), migration(4)];
    const wish = { undoesMigrations: true };
    expect(chooseSchemaReturn(release(2, 9), 4, applied, wish)).toMatchObject({ kind: 'keep', lossy: applied });
    expect(chooseSchemaReturn(release(2, 9), 4, applied, { ...wish, acceptsDataLoss: true })).toEqual({
      kind: 'revert',
      migrations: applied,
    });
  });

  it('keeps what the release itself needs, whatever is wished', () => {
    const wish = { undoesMigrations: true, acceptsDataLoss: true };
    expect(chooseSchemaReturn(release(3, 9), 4, [migration(3), migration(4)], wish)).toMatchObject({
      kind: 'revert',
      migrations: [{ version: 4 }],
    });
    expect(chooseSchemaReturn(release(4, 9), 4, [migration(3), migration(4)], wish)).toMatchObject({ kind: 'keep' });
  });
});

it('never undoes what loses rows unless that was accepted, nor what has no down file, nor what the release needs', () => {
  const migrations = fc
    .array(fc.record({ isLossy: fc.boolean(), hasDown: fc.boolean(), kind: fc.constantFrom('expand', 'contract') }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((all) =>
      all.map(({ isLossy, hasDown, kind }, index): Migration => {
        const { down, ...rest } = migration(index + 1, { downLosesData: isLossy, kind });
        return hasDown && down !== undefined ? { ...rest, down } : rest;
      }),
    );
  fc.assert(
    fc.property(
      migrations,
      fc.nat(6),
      fc.nat(6),
      fc.boolean(),
      fc.boolean(),
      (applied, min, wide, acceptsDataLoss, undoesMigrations) => {
        const wish = { acceptsDataLoss, undoesMigrations };
        const chosen = chooseSchemaReturn(release(min, min + wide), applied.length, applied, wish);
        if (chosen.kind !== 'revert') return;
        for (const { version, down, downLosesData } of chosen.migrations) {
          expect(down).toBeDefined();
          expect(downLosesData && !acceptsDataLoss).toBe(false);
          expect(version).toBeGreaterThan(min);
        }
      },
    ),
  );
});
