import { problemsOf } from './problems-of.ts';
import { pipelineText } from './rules-text.ts';

describe('a text that is no document', () => {
  it.each<[string, string, { line: number; column: number; message: RegExp }]>([
    ['nothing', '', { line: 1, column: 1, message: /a rules document; found nothing/ }],
    ['comments alone', '# later\n', { line: 1, column: 1, message: /found nothing/ }],
    [
      'a list',
      '- version: 1',
      { line: 1, column: 1, message: /a group of settings with the keys version, .*; found a list/ },
    ],
    ['malformed YAML', 'version: 1\npaths: [', { line: 2, column: 9, message: /not well-formed YAML/ }],
    ['a tab as indentation', 'paths:\n\t- a', { line: 2, column: 1, message: /not well-formed YAML/ }],
    ['two documents', 'version: 1\n---\nversion: 1', { line: 2, column: 1, message: /one document/ }],
    ['a directive for another YAML', '%YAML 1.1\n---\nversion: 1', { line: 1, column: 1, message: /%YAML/ }],
    ['an alias of nothing', 'version: *v', { line: 1, column: 10, message: /an anchor &v/ }],
    ['an alias of itself', 'version: &v [*v]', { line: 1, column: 14, message: /levels/ }],
  ])('%s is refused at its place', (_name, text, { line, column, message }) => {
    expect(problemsOf(text)[0]).toMatchObject({ line, column, message: expect.stringMatching(message) as string });
  });

  it('has every repeated key and every tag told', () => {
    const text = 'version: 1\nversion: 2\nreports: !!js/function "() => 1"\nretention: !mine {}\n';
    const told = problemsOf(text).map(({ line, found }) => `${String(line)} ${found}`);
    expect(told).toEqual(
      expect.arrayContaining(['2 version a second time', '3 the tag tag:yaml.org,2002:js/function', '4 the tag !mine']),
    );
  });

  it('cannot reach a prototype by its keys', () => {
    const found = problemsOf('__proto__: { isAdmin: true }\nconstructor: 1').map(({ path }) => path);
    expect(found).toEqual(expect.arrayContaining(['__proto__', 'constructor']));
    expect(Object.prototype).not.toHaveProperty('isAdmin');
  });

  it.each([
    ['20,000 open brackets', '['.repeat(20_000)],
    ['20,000 open braces', '{a: '.repeat(20_000)],
    ['20,000 dashes on a line', '- '.repeat(20_000)],
    ['20,000 explicit keys', '? '.repeat(20_000)],
    ['1,400 indented levels', Array.from({ length: 1400 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['20,000 closed levels inside a valid document', `${pipelineText}x: ${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ])('%s are refused before anything recurses', (_name, text) => {
    expect(problemsOf(text)).toEqual([expect.objectContaining({ expected: 'at most 64 levels of nesting' })]);
  });

  it('may nest 64 levels deep and not 65', () => {
    const nested = (levels: number): string => `x: ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}`;
    expect(problemsOf(nested(64)).map(({ expected }) => expected)).not.toContain('at most 64 levels of nesting');
    expect(problemsOf(nested(65)).map(({ expected }) => expected)).toEqual(['at most 64 levels of nesting']);
  });

  it('cannot grow by aliases of aliases', () => {
    const names = 'abcdefghij'.split('');
    const lines = names.map((name, index) => {
      const value = index === 0 ? 'x' : `*${names[index - 1] ?? ''}`;
      return `${name}: &${name} [${Array.from({ length: 10 }, () => value).join(', ')}]`;
    });
    expect(problemsOf(lines.join('\n'))).toEqual([
      expect.objectContaining({ expected: 'aliases that stand for at most 10000 values in all' }),
    ]);
  });

  it('must not hold more words and marks than a person writes', () => {
    const [problem] = problemsOf('}\n'.repeat(300_000));
    expect(problem?.expected).toBe('at most 200000 words and marks');
  });

  it('must not be larger than 1 MiB', () => {
    const [problem] = problemsOf('#'.repeat(1_048_577));
    expect(problem?.message).toBe(
      'This must be a rules file of at most 1 MiB, but it is 1.1 MiB; put a part into a file of its own, which this one extends.',
    );
  });

  it('that is not UTF-8 is refused at the first such byte', () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('version: 1\n# ä'), 0xe4, 0x0a]);
    expect(problemsOf(bytes)).toEqual([expect.objectContaining({ line: 2, column: 4, expected: 'text in UTF-8' })]);
  });

  it('in UTF-16 is named as such', () => {
    const bytes = new Uint8Array([0xff, 0xfe, ...Buffer.from('version: 1', 'utf16le')]);
    expect(problemsOf(bytes)[0]?.found).toBe('UTF-16; save the file as UTF-8');
  });
});
