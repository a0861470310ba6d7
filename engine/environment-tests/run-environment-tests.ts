import { apiEndpointTests } from './api-endpoint-tests.ts';
import { customTests } from './custom-tests.ts';
import { databaseTests } from './database-tests.ts';
import {
  testCategories,
  type RunCategory,
  type TestCategory,
  type TestContext,
  type TestResult,
} from './environment-test.ts';
import { integrationTests } from './integration-tests.ts';
import { isolationTests } from './isolation-tests.ts';
import { performanceTests } from './performance-tests.ts';
import { securityTests } from './security-tests.ts';
import { serviceHealthTests } from './service-health-tests.ts';

const categories: Readonly<Record<TestCategory, RunCategory>> = {
  'service-health': serviceHealthTests,
  'api-endpoints': apiEndpointTests,
  database: databaseTests,
  security: securityTests,
  performance: performanceTests,
  integration: integrationTests,
  isolation: isolationTests,
  custom: customTests,
};

/** Runs every test of an environment, all of them even when one fails. @param leavesOut categories that are not run. */
export async function* runEnvironmentTests(
  context: TestContext,
  leavesOut: readonly TestCategory[] = [],
): AsyncIterable<TestResult> {
  for (const category of testCategories) {
    if (!leavesOut.includes(category)) yield* categories[category](context);
  }
}
