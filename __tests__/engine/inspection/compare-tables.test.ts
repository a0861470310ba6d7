import type { TableContents } from '../../../engine/database/database-function.ts';
import { compareTables } from '../../../engine/inspection/compare-tables.ts';
import { MemoryDatabase } from '../../support/memory-database.ts';

const { signal } = new AbortController();
const databases = { from: 'shop-dev', to: 'shop-staging' };
const read = (table: string, rows: number, checksum = 'a'.repeat(32), columns = ['id']): TableContents => ({
  kind: 'read',
  table,
  rows,
  checksum,
  columns,
});

/** A database function that answers differently for each database. */
function answering(contents: Readonly<Record<string, readonly TableContents[] | Error>>): MemoryDatabase {
  return Object.assign(new MemoryDatabase(), {
    contents(database: string) {
      const answer = contents[database] ?? [];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });
}

const compared = async (from: TableContents, to: TableContents) => {
  const database = answering({ 'shop-dev': [from], 'shop-staging': [to] });
  return (await compareTables({ database }, ['orders'], databases, signal))[0]?.isSame;
};

describe('tables of two environments', () => {
  it('are the same when count, checksum and columns are', async () => {
    expect(await compared(read('orders', 2), read('orders', 2))).toBe(true);
    expect(await compared(read('orders', 2), read('orders', 3))).toBe(false);
    expect(await compared(read('orders', 2), read('orders', 2, 'b'.repeat(32)))).toBe(false);
    expect(await compared(read('orders', 0), read('orders', 0, undefined, ['id', 'note']))).toBe(false);
  });

  it('differ when one side has no such table, and not when neither has', async () => {
    const missing: TableContents = { kind: 'missing', table: 'orders' };
    expect(await compared(read('orders', 0), missing)).toBe(false);
    expect(await compared(missing, missing)).toBe(true);
  });

  it('are neither the same nor different when one side could not be read', async () => {
    const unreadable: TableContents = { kind: 'unreadable', table: 'orders', why: 'it did not answer within 1 min' };
    expect(await compared(unreadable, read('orders', 2))).toBeUndefined();
    expect(await compared(unreadable, unreadable)).toBeUndefined();
  });

  it('are shown with the reason when a database does not answer', async () => {
    const database = answering({
      'shop-dev': [read('orders', 2), read('products', 3)],
      'shop-staging': new Error('Database "shop-staging" could not be reached (ECONNREFUSED).'),
    });
    const found = await compareTables({ database }, ['orders', 'products'], databases, signal);
    expect(found).toMatchObject([
      { table: 'orders', from: { rows: 2 }, to: { kind: 'unreadable' }, isSame: undefined },
      { table: 'products', from: { rows: 3 }, to: { kind: 'unreadable' }, isSame: undefined },
    ]);
    expect(JSON.stringify(found)).toContain('ECONNREFUSED');
  });
});
