import { losesWrites, lossFlags, wouldFail } from '../../../../cloudrun-ui/web/src/rollback/return-wish.ts';

const discards = { since: '2026-11-27T10:00:00.000Z', minutes: 12, rowsInBackUp: 1204 };
const lossy = [{ version: 3, name: 'gift_notes' }];
const schema = (kind: string, of: typeof lossy = []) => ({ kind, reason: null, migrations: [3], lossy: of });

describe('a wish to roll back', () => {
  it('accepts no loss unless it is about one, and then asks for what loses it', () => {
    expect(lossFlags({ fate: 'keeps-writes' })).toEqual({});
    expect(lossFlags({ fate: 'migrations-undone' })).toEqual({ acceptsDataLoss: true, undoesMigrations: true });
    expect(lossFlags({ fate: 'back-up-restored' })).toEqual({ acceptsDataLoss: true, restoresDatabase: true });
  });

  it.each([
    ['the back-up is put back', { discards, schema: null }, true],
    ['migrations are undone that were written into', { discards: null, schema: schema('revert', lossy) }, true],
    ['migrations are undone that nobody wrote into', { discards: null, schema: schema('revert') }, false],
    [
      'migrations stay, since undoing them would lose something',
      { discards: null, schema: schema('keep', lossy) },
      false,
    ],
    ['there is no database', { discards: null, schema: null }, false],
  ])('is told apart by whether writes are lost, where %s', (_what, preview, isLossy) => {
    expect(losesWrites(preview)).toBe(isLossy);
  });

  it('is known to fail where the schema refuses it', () => {
    expect(wouldFail({ schema: schema('refuse') })).toBe(true);
    expect(wouldFail({ schema: schema('unknown') })).toBe(false);
    expect(wouldFail({ schema: null })).toBe(false);
  });
});
