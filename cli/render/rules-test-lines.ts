import { formatDuration } from '../../engine/wording/format-duration.ts';
import { printable } from '../printable.ts';
import type { ScenarioFailure, ScenarioResult } from '../rules-tests.ts';
import type { Paint } from '../terminal.ts';

/** One scenario: whether it is as expected, and how much time passed in it; what is not, with its line and the engine's words. */
export function scenarioLines(
  { name, line, isPassed, failures, from, to }: ScenarioResult,
  file: string,
  tookMs: number,
  paint: Paint,
): readonly string[] {
  const time = paint.dim(`${formatDuration(to.getTime() - from.getTime())} in ${formatDuration(tookMs)}`);
  const mark = isPassed ? paint.green('✔') : paint.red('✖');
  const place = isPassed ? '' : paint.dim(`  ${printable(file)}:${String(line)}`);
  return [
    `  ${mark} ${printable(name)}  ${time}${place}`,
    ...failures.flatMap((each) => failureLines(each, file, paint)),
  ];
}

function failureLines({ line, column, what, expected, got, why }: ScenarioFailure, file: string, paint: Paint) {
  const row = (title: string, text: string): string => `        ${paint.dim(title.padEnd(9))} ${printable(text)}`;
  return [
    `      ${printable(file)}:${String(line)}:${String(column)}  ${paint.bold(printable(what))}`,
    row('expected', expected),
    row('got', got),
    ...(why === undefined ? [] : why.split('\n').map((part, index) => row(index === 0 ? 'why' : '', part))),
  ];
}

export function scenarioSummary(passed: number, failed: number, paint: Paint): string {
  const count = `${String(passed + failed)} ${passed + failed === 1 ? 'scenario' : 'scenarios'}`;
  return failed === 0
    ? `${paint.green('✔')} ${count}, each as expected`
    : `${paint.red('✖')} ${String(failed)} of ${count} not as expected`;
}
