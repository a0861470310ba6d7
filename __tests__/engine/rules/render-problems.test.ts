import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { renderProblems } from '../../../engine/rules/render-problems.ts';
import { pipelineText } from './rules-text.ts';

function rendered(text: string): string {
  const parsed = parseRules(text, 'promotion-rules.yaml');
  return parsed.ok ? '' : renderProblems(parsed.problems, text);
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
