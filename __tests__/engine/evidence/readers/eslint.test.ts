import fc from 'fast-check';
import { ESLint } from 'eslint';
import { factOf, refusal } from '../reading.ts';

const message = (severity: number, more: object = {}) => ({
  ruleId: 'no-undef',
  severity,
  message: 'no',
  line: 1,
  ...more,
});
const file = (messages: readonly object[], more: object = {}) => ({ filePath: '/src/a.ts', messages, ...more });

describe('ESLint', () => {
  it('is read as ESLint itself writes it', async () => {
    const eslint = new ESLint({
      overrideConfigFile: true,
      overrideConfig: [{ rules: { 'no-debugger': 'error', 'no-empty': 'warn' } }],
    });
    const results = [
      ...(await eslint.lintText('debugger;\nif (a) {}\n', { filePath: 'one.js' })),
      ...(await eslint.lintText('const = 1;\n', { filePath: 'two.js' })),
    ];
    const formatter = await eslint.loadFormatter('json');
    expect(await factOf('lint', await formatter.format(results, { rulesMeta: {} } as never))).toEqual({
      kind: 'lint',
      tool: 'eslint',
      errors: 2,
      warnings: 1,
    });
  });

  it('gives what was written, however the bytes come', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom(1, 2), { maxLength: 6 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 60 }),
        async (files, chunkBytes) => {
          const all = files.flat();
          const errors = all.filter((severity) => severity === 2).length;
          const content = files.map((severities) =>
            file(
              severities.map((each) => message(each)),
              { errorCount: severities.filter((each) => each === 2).length },
            ),
          );
          expect(await factOf('lint', content, { chunkBytes })).toMatchObject({
            errors,
            warnings: all.length - errors,
          });
        },
      ),
    ));

  it('counts a file that could not be parsed as an error', async () => {
    expect(await factOf('lint', [file([message(1, { fatal: true })])])).toMatchObject({ errors: 1, warnings: 0 });
  });

  it.each([
    [[], /\$: names no file/],
    [[file([], { errorCount: 1 })], /\$\[0\]: contradicts itself/],
    [[file([]), file([message(1)], { warningCount: 2 })], /\$\[1\]: contradicts itself/],
    [[file([message(3)])], /\$\[0\]\.messages\[0\]\.severity: must be 1 or 2/],
    [[file([], { errorCount: -1 })], /errorCount: must not be negative/],
    [[{ filePath: 'a' }], /\$\[0\]\.messages: is missing/],
    [{ filePath: 'a' }, /\$: must be a list and is an object/],
  ])('is refused: %j', async (content, reason) => {
    expect(await refusal(content, { format: 'eslint' })).toMatch(reason);
  });
});
