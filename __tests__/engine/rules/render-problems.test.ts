import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { renderProblems } from '../../../engine/rules/render-problems.ts';
import { pipelineText } from './rules-text.ts';

function rendered(text: string): string {
  const parsed = parseRules(text, 'promotion-rules.yaml');
  return parsed.ok ? '' : renderProblems(parsed.problems, text);
}

function bomb(): string {
  const levels = Array.from({ length: 8 }, (_, level) => {
    const below = level === 0 ? '1' : `*a${String(level - 1)}`;
    return `a${String(level)}: &a${String(level)} [${Array.from({ length: 10 }, () => below).join(', ')}]`;
  });
  return `${levels.join('\n')}\n`;
}

describe('problems for a terminal', () => {
  it('show the place, what is wrong, and the line with a caret under it', () => {
    expect(rendered(pipelineText.replace('minimumPercent: 85', 'minimumPercent: 140'))).toBe(
      [
        'promotion-rules.yaml:44:35  paths[5].gates.coverage.minimumPercent must be at most 100; found 140.',
        '  44 |       coverage: { minimumPercent: 140 …',
        '     |                                   ^^^',
      ].join('\n'),
    );
  });

  it('show the whole key where something is missing, and not its first letter', () => {
    expect(rendered('version: 1\n')).toContain('\n  1 | version …\n    | ^');
    expect(rendered(pipelineText.replace('  - from: dev', '  - fro: dev'))).not.toContain('- f …');
  });

  it('are one where one key is mistyped, however much lies below it', () => {
    for (const [key, wrong] of [
      ['applications', 'aplications'],
      ['environments', 'enviroments'],
    ] as const) {
      const lines = rendered(pipelineText.replace(`${key}:`, `${wrong}:`)).split('\n');
      expect(lines.filter((line) => line.startsWith('promotion-rules.yaml:'))).toEqual([
        expect.stringMatching(new RegExp(`${wrong} is not a known key.*Did you mean ${key}\\?$`)),
      ]);
    }
  });

  it('quote the last line that is written where the end lacks something, and say what to do', () => {
    expect(rendered('version: 1\npaths: [a,\n\n')).toMatch(/:2:11 .*\]\. .*brackets.*\n {2}2 \| paths: \[a,\n/);
  });

  it.each([
    ['an unclosed quote', 'version: "1\n', /Close what is open: a bracket, a brace or a quote/],
    ['a tab', 'paths:\n\t- a\n', /Indent with spaces/],
    ['text with a colon', 'version: a: b\n', /put text that has a colon in it between quotes/],
    ['an empty file', '', /found nothing; begin with version: 1/],
    ['a second document', 'version: 1\n---\nversion: 1\n', /put it into a file of its own/],
    ['deep nesting', `a: ${'['.repeat(100)}`, /look for brackets or an indentation too many/],
    ['an avalanche of aliases', bomb(), /write out what some of them stand for/],
    [
      'a word for a group',
      'version: 1\ndefaults: { checklist: [Notes] }\n',
      /a group of settings with the keys item, /,
    ],
  ])('say what to do about %s', (_what, text, advice) => {
    expect(rendered(text)).toMatch(advice);
  });

  it('suggest the word that was meant', () => {
    expect(rendered(pipelineText.replace('soakSeconds', 'soakSecond'))).toContain('Did you mean soakSeconds?\n');
  });

  it('do not show a line that could hold a secret, nor what stands behind an unknown key', () => {
    const secret = 'ghp_0123456789abcdefghij';
    const text = pipelineText
      .replace('flags:', `apiToken: ${secret}\n      flags:`)
      .replace('config.git', `config.git\n        tokenSecret: ${secret}`);
    expect(rendered(text)).toContain('apiToken …');
    expect(rendered(text)).not.toContain(secret);
  });

  it('stay readable on a line of a megabyte', () => {
    const line = `version: 1, x: ${'y'.repeat(500_000)}`;
    expect(rendered(`{ ${line} }`).length).toBeLessThan(5000);
  });

  it('let no control character of the file reach the terminal', () => {
    const escape = String.fromCharCode(27);
    expect(rendered(`version: "${escape}[31m"`)).not.toContain(escape);
  });

  it('say what they can when there is no text', () => {
    const problem = {
      file: 'f',
      line: 1,
      column: 1,
      length: 0,
      path: '',
      expected: 'x',
      found: 'y',
      message: 'Absent.',
    };
    expect(renderProblems([problem], undefined)).toBe('f:1:1  Absent.');
  });
});
