import type { TestCategory, TestEvent, TestResult } from '../../engine/promotion-service.ts';
import { padTo } from '../display-width.ts';
import { printable } from '../printable.ts';
import type { TestRun } from '../test-run.ts';
import type { Paint } from '../terminal.ts';

const titles: Readonly<Record<TestCategory, string>> = {
  'service-health': 'Service health',
  'api-endpoints': 'API endpoints',
  database: 'Database',
  security: 'Security',
  performance: 'Performance',
  integration: 'Integration',
  isolation: 'Isolation',
  custom: 'Your own tests',
};
const nameWidth = 54;

/** The lines of a test run, each as soon as there is something to say. */
export class TestLines {
  readonly #paint: Paint;
  #category: TestCategory | undefined;

  constructor(paint: Paint) {
    this.#paint = paint;
  }

  of(event: Exclude<TestEvent, { kind: 'line' }>): readonly string[] {
    switch (event.kind) {
      case 'started': {
        const release = event.release === undefined ? '' : `   ${printable(event.release)} runs there`;
        return [
          `Testing ${printable(event.application)} in ${printable(event.environment)}${this.#paint.dim(release)}`,
        ];
      }
      case 'result': {
        const isNew = this.#category !== event.category;
        this.#category = event.category;
        const heading = isNew ? ['', this.#paint.bold(titles[event.category])] : [];
        return [...heading, resultLine(event, this.#paint)];
      }
    }
  }

  /** What failed once more, with what to do, and the count of all. */
  end(run: TestRun): readonly string[] {
    const failed = run.results.filter(({ verdict }) => verdict === 'failed');
    const counts = `${String(run.count('passed'))} passed, ${String(failed.length)} failed, ${String(run.count('untested'))} not tested`;
    if (run.isGood) return ['', `${this.#paint.green('✔')} ${counts}.`];
    if (failed.length === 0) return ['', `${this.#paint.red('✖')} Nothing could be tested: ${counts}.`];
    return [
      '',
      `${this.#paint.red('✖')} ${counts}.`,
      ...failed.flatMap(({ category, name, detail, remedy }) => [
        `  ${titles[category]}: ${printable(name)}: ${printable(detail)}`,
        ...(remedy === undefined ? [] : [`      ${this.#paint.dim(`→ ${printable(remedy)}`)}`]),
      ]),
    ];
  }
}

function resultLine({ name, verdict, detail }: TestResult, paint: Paint): string {
  return `  ${mark(verdict, paint)} ${padTo(printable(name), nameWidth)} ${printable(detail)}`.trimEnd();
}

function mark(verdict: TestResult['verdict'], paint: Paint): string {
  switch (verdict) {
    case 'passed':
      return paint.green('✔');
    case 'failed':
      return paint.red('✖');
    case 'untested':
      return paint.dim('–');
  }
}
