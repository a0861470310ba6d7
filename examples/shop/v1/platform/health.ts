export interface CheckResult {
  readonly isHealthy: boolean;
  /** Why it is not healthy; empty when it is. */
  readonly message: string;
}

/** One thing a service needs. */
export interface Check {
  readonly name: string;
  readonly run: () => Promise<CheckResult>;
}

export interface HealthReport {
  readonly isHealthy: boolean;
  readonly checks: Readonly<Record<string, CheckResult>>;
}

export const healthy: CheckResult = { isHealthy: true, message: '' };

async function runWithin(check: Check, timeoutMs: number): Promise<CheckResult> {
  const { promise: late, resolve } = Promise.withResolvers<CheckResult>();
  const timer = setTimeout(() => {
    resolve({ isHealthy: false, message: `${check.name} did not answer within ${String(timeoutMs)} ms` });
  }, timeoutMs);
  try {
    return await Promise.race([check.run(), late]);
  } catch (error) {
    return { isHealthy: false, message: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Runs all checks at once; one that throws or takes longer than the timeout is not healthy. */
export async function runChecks(checks: readonly Check[], timeoutMs = 1_000): Promise<HealthReport> {
  const results = await Promise.all(
    checks.map(async (check) => [check.name, await runWithin(check, timeoutMs)] as const),
  );
  return { isHealthy: results.every(([, result]) => result.isHealthy), checks: Object.fromEntries(results) };
}
