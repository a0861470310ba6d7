import type { TestEvent, TestResult } from '../engine/promotion-service.ts';

/** What was found out so far while an environment is tested. */
export class TestRun {
  readonly results: TestResult[] = [];
  application = '';
  environment = '';
  release: string | undefined;

  take(event: TestEvent): void {
    switch (event.kind) {
      case 'started':
        this.application = event.application;
        this.environment = event.environment;
        this.release = event.release;
        break;
      case 'result': {
        const { kind: _, ...result } = event;
        this.results.push(result);
        break;
      }
      case 'line':
        break;
    }
  }

  /** Whether none failed, and something was tested at all. */
  get isGood(): boolean {
    return this.count('failed') === 0 && this.count('passed') > 0;
  }

  count(verdict: TestResult['verdict']): number {
    return this.results.filter((result) => result.verdict === verdict).length;
  }
}
