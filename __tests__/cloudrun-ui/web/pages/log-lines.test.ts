import { linesWith, splitAt, toLogText } from '../../../../cloudrun-ui/web/src/pages/promotion/log-lines.ts';

const lines = ['Deploy api', 'done'].map((line, index) => {
  return { seq: index + 1, at: '2030-01-01T00:00:00Z', step: 'deploy', attempt: 1, line };
});

describe('the log', () => {
  it('is searched in whatever case, in lines and in the names of steps', () => {
    expect(linesWith(lines, ' API ').map(({ seq }) => seq)).toEqual([1]);
    expect(linesWith(lines, 'deploy')).toHaveLength(2);
    expect(linesWith(lines, '')).toBe(lines);
  });

  it('is taken away as a file with a line for each', () => {
    expect(toLogText(lines)).toBe('2030-01-01T00:00:00Z deploy Deploy api\n2030-01-01T00:00:00Z deploy done\n');
  });
});

describe('what was found in a line', () => {
  const found = (text: string, search: string) =>
    splitAt(text, search)
      .map(({ part, isFound }) => (isFound ? `[${part}]` : part))
      .join('');

  it('is marked each time, in whatever case', () => {
    expect(found('Error: no error', 'error')).toBe('[Error]: no [error]');
    expect(found('aaa', 'aa')).toBe('[aa]a');
  });

  it('leaves the line as it is where there is nothing to find', () => {
    expect(found('done', '')).toBe('done');
    expect(found('done', 'x')).toBe('done');
    expect(found('İstanbul', 'i')).toBe('İstanbul');
  });
});
