import type { TestCategory, TestResult } from './environment-test.ts';

/** Makes the results of one category. */
export function resultsOf(category: TestCategory) {
  return {
    passed: (name: string, detail: string): TestResult => ({
      category,
      name,
      verdict: 'passed',
      detail,
      remedy: undefined,
    }),
    failed: (name: string, detail: string, remedy: string): TestResult => ({
      category,
      name,
      verdict: 'failed',
      detail,
      remedy,
    }),
    untested: (name: string, detail: string): TestResult => ({
      category,
      name,
      verdict: 'untested',
      detail,
      remedy: undefined,
    }),
  };
}
