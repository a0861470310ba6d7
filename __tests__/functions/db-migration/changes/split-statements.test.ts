import fc from 'fast-check';
import { splitStatements } from '../../../../functions/db-migration/changes/split-statements.ts';

const texts = (sql: string): readonly string[] => splitStatements(sql).map((statement) => statement.text);

/** Pieces that hold a semicolon or a quote where it ends nothing. */
const piece = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => `'${text.replaceAll("'", "''")}'`),
  fc.string({ unit: 'binary' }).map((text) => `E'${text.replace(/['\\]/g, '\\$&')}'`),
  fc.string({ unit: 'binary', minLength: 1 }).map((text) => `"${text.replaceAll('"', '""')}"`),
  fc.string().map((text) => `$$${text.replaceAll('$', '')}$$`),
  fc.string().map((text) => `$Täg_1$${text.replaceAll('$Täg', '')}$$;$Täg_1$`),
  fc.string().map((text) => `/* ${text.replaceAll(/[*/]/g, '')} /* ; ' */ ; */`),
  fc.string().map((text) => `-- ${text.replaceAll(/[\n\r]/g, '')};'\n`),
  fc.array(fc.constantFrom('1', 'x', ';', "';'"), { maxLength: 4 }).map((inner) => `(${inner.join(' ')})`),
  fc.constantFrom('x$1', 'a$b$c', '$1', '1.5', '+', '::', "U&'d\\0061t;a'", "B'01'", '<@', 'e', 'E', 'case', 'end'),
);
const statement = fc.array(piece, { maxLength: 8 }).map((pieces) => `SELECT ${pieces.join(' ')} x`);

describe('splitting a file into statements', () => {
  it('gives back the statements that a file was joined from', () => {
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 6 }), (statements) => {
        expect(texts(statements.join(';\n'))).toEqual(statements);
        expect(texts(`;; ${statements.join(' ; ; ')};`)).toEqual(statements);
      }),
    );
  });

  it('loses nothing but blanks, comments and semicolons of any text, or refuses it at a line', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...`;'"$a1E\\/*-\n() `.split('')) }), (sql) => {
        let split: ReturnType<typeof splitStatements>;
        try {
          split = splitStatements(sql);
        } catch (error) {
          expect(error).toMatchObject({ name: 'SqlSyntaxError' });
          return;
        }
        let at = 0;
        for (const { text, line } of split) {
          const found = sql.indexOf(text, at);
          expect(found).toBeGreaterThanOrEqual(at);
          expect(sql.slice(at, found).replaceAll(/--.*|\/\*[^]*?\*\/|[\s;*/]/g, '')).toBe('');
          expect(line).toBeLessThanOrEqual(sql.slice(0, found).split('\n').length);
          at = found + text.length;
        }
      }),
    );
  });

  it('tells the line on which each begins', () => {
    const sql = `-- first\nSELECT 1;\n\n/* a\nb */ SELECT '\n\n' ; SELECT 3`;
    expect(splitStatements(sql).map(({ line }) => line)).toEqual([2, 5, 7]);
  });

  it('keeps escapes through a string that goes on in the next line, and only there', () => {
    expect(texts(`SELECT E'a' -- more\n '\\';' ; SELECT 2`)).toEqual([`SELECT E'a' -- more\n '\\';'`, 'SELECT 2']);
    expect(texts(`SELECT 'a\\'; SELECT 2`)).toEqual([`SELECT 'a\\'`, 'SELECT 2']);
    expect(texts(`SELECT namE'x\\'; SELECT 2`)).toEqual([`SELECT namE'x\\'`, 'SELECT 2']);
  });

  it('keeps the body of a function in the standard form whole, with its CASEs', () => {
    const body = `create or replace function f() returns int begin atomic select case when true then 1 end; select 2; end`;
    expect(texts(`${body}; SELECT 1`)).toEqual([body, 'SELECT 1']);
    expect(texts('SELECT begin, atomic; SELECT 2')).toHaveLength(2);
  });

  it.each([
    ["SELECT 1;\nSELECT 'a", 2, 'string'],
    ['\n"a', 2, 'quoted name'],
    ['$x$ $y$', 1, '$x$'],
    ['/* /* */', 1, 'comment'],
    ["E'\\'", 1, 'string'],
    ['SELECT 1;\n\\d t', 2, 'psql'],
  ])('refuses %j at line %d', (sql, line, reason) => {
    expect(() => splitStatements(sql)).toThrow(
      expect.objectContaining({ line, message: expect.stringContaining(reason) as unknown }) as Error,
    );
  });

  it('reads a large file in time proportional to its length', () => {
    const sql = `${'-- -- \n'.repeat(20_000)}${"SELECT E'a'\n-- -- -- \n'b';\n".repeat(20_000)}`;
    expect(splitStatements(sql)).toHaveLength(20_000);
  });
});
