import { expect } from '@jest/globals';
import { schemaChanges } from '../../../engine/database/schema-changes.ts';

/** As pg_dump writes an object, with the login of its environment. */
const object = (type: string, name: string, sql: string, owner: string, schema = 'public'): string =>
  `--\n-- Name: ${name}; Type: ${type}; Schema: ${schema}; Owner: ${owner}\n--\n\n${sql}\n\n\n` +
  (type === 'TABLE' ? `ALTER TABLE ${schema}.${name} OWNER TO "${owner}";\n\n` : '');

const head = "SET statement_timeout = 0;\nSELECT pg_catalog.set_config('search_path', '', false);\n\n";
const orders = (owner: string, columns = 'id integer'): string =>
  object('TABLE', 'orders', `CREATE TABLE public.orders (\n    ${columns}\n);`, owner);

describe('what differs between two schemas', () => {
  it('is nothing when only the owner does', () => {
    expect(schemaChanges(head + orders('shop-dev'), head + orders('shop-staging'))).toEqual([]);
  });

  it('is told object by object: those that one side has, and those that both have otherwise', () => {
    const index = object('INDEX', 'orders_at', 'CREATE INDEX orders_at ON public.orders USING btree (id);', 'shop-dev');
    const invoices = object(
      'TABLE',
      'invoices',
      'CREATE TABLE billing.invoices (id integer);',
      'shop-staging',
      'billing',
    );
    const from = head + orders('shop-dev', 'id integer,\n    note text') + index;
    const to = head + orders('shop-staging') + invoices;
    expect(schemaChanges(from, to)).toEqual([
      { object: 'INDEX public.orders_at', from: expect.stringContaining('USING btree'), to: undefined },
      { object: 'TABLE billing.invoices', from: undefined, to: 'CREATE TABLE billing.invoices (id integer);' },
      {
        object: 'TABLE public.orders',
        from: 'CREATE TABLE public.orders (\n    id integer,\n    note text\n);',
        to: 'CREATE TABLE public.orders (\n    id integer\n);',
      },
    ]);
  });

  it('keeps apart what has one name and several definitions', () => {
    const one = object('FUNCTION', 'f(integer)', 'CREATE FUNCTION public.f(integer) …;', 'a');
    const other = object('FUNCTION', 'f(text)', 'CREATE FUNCTION public.f(text) …;', 'a');
    expect(schemaChanges(one + other, one)).toMatchObject([{ object: 'FUNCTION public.f(text)', to: undefined }]);
  });

  it('is nothing between two empty databases', () => {
    expect(schemaChanges(head, head)).toEqual([]);
  });
});
