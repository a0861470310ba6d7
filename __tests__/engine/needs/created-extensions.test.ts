import { createdExtensions } from '../../../engine/needs/created-extensions.ts';

const created = (up: string, kind: 'expand' | 'contract' = 'expand') => createdExtensions([{ kind, up }]);

describe('the extensions that migrations create', () => {
  it.each([
    ['create extension pgcrypto', ['pgcrypto']],
    ['CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA public;', ['uuid-ossp']],
    ['create table a (b int);\ncreate  extension\n  PostGIS;\ncreate extension hstore', ['postgis', 'hstore']],
    ['-- create extension pgcrypto\n/* create extension hstore */ select 1', []],
    ['drop extension pgcrypto', []],
  ])('%s', (up, expected) => {
    expect(created(up)).toEqual(expected);
  });

  it('are not those of contract migrations, which run long after the release came', () => {
    expect(created('create extension pgcrypto', 'contract')).toEqual([]);
  });
});
