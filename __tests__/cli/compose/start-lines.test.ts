import { StartLines } from '../../../cli/compose/start-lines.ts';
import { silentContext } from '../support/silent-context.ts';

function linesInto(texts: string[], isJson = false): StartLines {
  return new StartLines({ context: silentContext((text) => texts.push(text)), isJson });
}

const unit = { kind: 'tests', suite: 'unit', passed: 80, failed: 0, skipped: 0 } as const;
const performance = { kind: 'tests', suite: 'performance', passed: 1, failed: 1, skipped: 0 } as const;

describe('what the start says of the tests of a release', () => {
  it('is marked where one failed, and nowhere else', () => {
    const lines = linesInto([]);
    expect(lines.facts([unit, { kind: 'coverage', linesPercent: 92 }])).toBe('tests 80/80, coverage 92 %');
    expect(lines.facts([unit, performance])).toBe('✖ tests 81/82');
  });

  it('names what failed, the first three, and what to type', () => {
    const texts: string[] = [];
    linesInto(texts).failedTests('v2', ['orders are quick: it takes\n  4 s', 'b: no', 'c: no', 'd: no']);
    expect(texts.join('').split('\n')).toEqual([
      '  ✖ orders are quick: it takes; 4 s',
      '  ✖ b: no',
      '  ✖ c: no',
      '  and 1 more',
      '  promote local bring v2  runs the tests of v2 again',
      '',
    ]);
  });

  it('is nothing more where none failed, and one event for a program', () => {
    const texts: string[] = [];
    linesInto(texts).failedTests('v2', []);
    linesInto(texts, true).failedTests('v2', ['orders are quick: no']);
    expect(texts).toEqual(['{"event":"failed-tests","release":"v2","failures":["orders are quick: no"]}\n']);
  });
});
