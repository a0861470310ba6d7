import { travelsAsBinary, type CatalogueType } from '../../../../functions/db-migration/copy/binary-types.ts';

const type = (oid: number, more: Partial<CatalogueType> = {}): CatalogueType => ({
  oid,
  kind: 'base',
  hasBinaryForm: true,
  parts: [],
  isArray: false,
  ...more,
});

const types = new Map(
  [
    type(23),
    type(1007, { parts: [23], isArray: true }),
    type(2205),
    type(2210, { parts: [2205], isArray: true }),
    type(90_000, { kind: 'enum' }),
    type(90_001, { parts: [90_000], isArray: true }),
    type(90_002, { kind: 'domain', parts: [23] }),
    type(90_003, { parts: [90_002], isArray: true }),
    type(90_004, { kind: 'composite', parts: [23, 1007] }),
    type(90_005, { kind: 'composite', parts: [23, 90_000] }),
    type(90_006, { kind: 'range', parts: [23] }),
    type(90_007),
    type(1033, { hasBinaryForm: false }),
  ].map((each) => [each.oid, each]),
);

describe('the binary form of a type', () => {
  it.each([
    ['a number', 23, true],
    ['an array of numbers', 1007, true],
    ['an enumeration, which goes by its words', 90_000, true],
    ['an array of one, which says its number', 90_001, false],
    ['a domain over a number', 90_002, true],
    ['an array of domains', 90_003, false],
    ['a composite of what every server has', 90_004, true],
    ['a composite of what a user made', 90_005, false],
    ['a range', 90_006, true],
    ['what an extension brings', 90_007, false],
    ['the name of a table, which is a number in binary', 2205, false],
    ['an array of such names', 2210, false],
    ['a type that has none', 1033, false],
    ['a type that nobody knows', 4_711, false],
  ])('of %s: %s', (_, oid, travels) => {
    expect(travelsAsBinary(oid, types)).toBe(travels);
  });
});
