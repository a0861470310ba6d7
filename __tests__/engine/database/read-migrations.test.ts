import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { migrationChecksum } from '../../../engine/contract/database-function-api.ts';
import { readMigrations } from '../../../engine/database/read-migrations.ts';
import type { Migration } from '../../../engine/release.ts';
import { migrationSchema } from '../../../engine/release.ts';

/** Reads a folder that holds exactly these files. */
async function read(files: Readonly<Record<string, string | Uint8Array>>): Promise<readonly Migration[]> {
  const folder = await mkdtemp(path.join(tmpdir(), 'migrations-'));
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
    return await readMigrations(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function problemsOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<unknown> {
  const error: unknown = await read(files).catch((caught: unknown) => caught);
  return typeof error === 'object' && error !== null && 'problems' in error ? error.problems : error;
}

const EXPAND = '-- kind: expand\nSELECT 1;\n';

describe('a folder of migrations', () => {
  it('is read in the order of versions, with what each file says of itself', async () => {
    const up =
      '-- Adds the index.\n\n--kind:contract\n-- no-transaction\n-- down: lossless\nCREATE INDEX CONCURRENTLY i ON t (id);\n';
    const migrations = await read({
      '002_add-index.up.sql': up,
      '002_add-index.down.sql': 'DROP INDEX i;',
      '1_first.up.sql': EXPAND,
      'README.md': 'not a migration',
    });
    expect(migrations).toEqual([
      {
        version: 1,
        name: 'first',
        kind: 'expand',
        transactional: true,
        up: EXPAND,
        downLosesData: true,
        checksum: migrationChecksum(EXPAND, undefined),
      },
      {
        version: 2,
        name: 'add-index',
        kind: 'contract',
        transactional: false,
        up,
        down: 'DROP INDEX i;',
        downLosesData: false,
        checksum: migrationChecksum(up, 'DROP INDEX i;'),
      },
    ]);
    for (const migration of migrations) expect(migrationSchema.parse(migration)).toEqual(migration);
  });

  it('may be empty', async () => {
    expect(await read({})).toEqual([]);
  });

  it('has checksums that differ when a byte of either file does, or moves from one to the other', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (up, down, otherUp, otherDown) => {
        fc.pre(![up, down, otherUp, otherDown].some((text) => text.includes('\0')));
        const same = up === otherUp && down === otherDown;
        expect(migrationChecksum(up, down) === migrationChecksum(otherUp, otherDown)).toBe(same);
      }),
    );
    expect(migrationChecksum('ab', 'c')).not.toBe(migrationChecksum('a', 'bc'));
  });

  it('takes a comment for a comment', async () => {
    const up = '-- kind: expand\n-- the kind of change that nobody likes: kind\n-- down the road we drop it\nSELECT 1;';
    expect(await read({ '1_a.up.sql': up })).toMatchObject([
      { kind: 'expand', transactional: true, downLosesData: true },
    ]);
  });

  it.each<[string, Record<string, string | Uint8Array>, readonly string[]]>([
    ['no kind', { '1_a.up.sql': 'SELECT 1;' }, ['1_a.up.sql:1: the kind is missing']],
    [
      'another kind',
      { '1_a.up.sql': '\n-- kind: shrink\nSELECT 1;' },
      ['1_a.up.sql:2: kind is "shrink"; write expand or contract'],
    ],
    [
      'two kinds',
      { '1_a.up.sql': '-- kind: expand\n-- kind: contract\nSELECT 1' },
      ['1_a.up.sql:2: "-- kind" was already said on line 1'],
    ],
    [
      'a late header',
      { '1_a.up.sql': '-- kind: expand\nSELECT 1;\n-- no-transaction\n' },
      ['1_a.up.sql:3: "-- no-transaction" stands after the first statement'],
    ],
    [
      'another down',
      { '1_a.up.sql': '-- kind: expand\n-- down: fine\nSELECT 1' },
      ['1_a.up.sql:2: down is "fine"; write lossless'],
    ],
    [
      'words after no-transaction',
      { '1_a.up.sql': '-- kind: expand\n-- no-transaction: yes\nSELECT 1' },
      ['1_a.up.sql:2: nothing follows'],
    ],
    [
      'headers in a down file',
      { '1_a.up.sql': EXPAND, '1_a.down.sql': '-- kind: expand\nSELECT 1' },
      ['1_a.down.sql:1: "-- kind" belongs in the up file'],
    ],
    [
      'a down file alone',
      { '1_a.up.sql': EXPAND, '1_b.down.sql': 'SELECT 1' },
      ['1_b.down.sql:1: there is no 1_b.up.sql beside it'],
    ],
    ['a gap', { '1_a.up.sql': EXPAND, '3_c.up.sql': EXPAND }, ['3_c.up.sql:1: follows version 1, so 2 is missing']],
    ['no first', { '2_b.up.sql': EXPAND }, ['2_b.up.sql:1: follows version 0, so 1 is missing']],
    ['a version twice', { '1_a.up.sql': EXPAND, '001_b.up.sql': EXPAND }, ['version 1 is also']],
    [
      'another name',
      { 'add.sql': EXPAND, '1_a.UP.sql': EXPAND },
      ['1_a.UP.sql:1: a migration is called', 'add.sql:1: a migration is called'],
    ],
    ['not UTF-8', { '1_a.up.sql': Uint8Array.of(0x2d, 0xff) }, ['1_a.up.sql:1: is not UTF-8']],
    ['a byte order mark', { '1_a.up.sql': `\uFEFF${EXPAND}` }, ['1_a.up.sql:1: begins with a byte order mark']],
    ['a NUL', { '1_a.up.sql': `${EXPAND}\0` }, ['1_a.up.sql:1: holds a NUL']],
    ['nothing in it', { '1_a.up.sql': ' \n' }, ['1_a.up.sql:1: is empty']],
  ])('with %s is refused, saying which file and line', async (_, files, expected) => {
    expect(await problemsOf(files)).toEqual(expected.map((text) => expect.stringContaining(text) as unknown));
  });
});
