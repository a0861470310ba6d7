export const testSuites = ['unit', 'integration', 'e2e', 'performance'] as const;
export type TestSuite = (typeof testSuites)[number];

/** Of `orders.integration.test.ts` integration; of a file whose name says none, unit. */
export function suiteOfFile(file: string): TestSuite {
  return testSuites.find((suite) => file.endsWith(`.${suite}.test.ts`)) ?? 'unit';
}
