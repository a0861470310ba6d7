import { summarizeStatements } from '../../../engine/database/statement-summary.ts';

describe('what a migration does, for a log', () => {
  it('is a few words for each statement', () => {
    const sql = `-- kind: expand
      alter table orders add column note text; /* fast; really */
      create index orders_note on orders (note);`;
    expect(summarizeStatements(sql)).toBe(
      'alter table orders add column note text; create index orders_note on orders',
    );
  });

  it('leaves out the values that it writes and the bodies of functions, whatever they hold', () => {
    const sql = `insert into keys values ('s3cr3t; it''s'); update keys set v = 's3cr3t';
      create function f() returns int as $body$ select 1; -- s3cr3t $body$ language sql;`;
    const said = summarizeStatements(sql);
    expect(said).toBe('insert into keys; update keys; create function f');
  });

  it('says how many more there are when there are many', () => {
    expect(summarizeStatements('select 1;'.repeat(6))).toBe('select 1; select 1; select 1; select 1; and 2 more');
  });
});
