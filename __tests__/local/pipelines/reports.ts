import type { Report } from './installation.ts';

/** A JUnit report of a suite. */
export function tests(suite: 'unit' | 'integration' | 'e2e' | 'performance', failed = 0): Report {
  const cases = Array.from({ length: 12 }, (_, index) => {
    const name = `<testcase classname="${suite}" name="case ${String(index)}"`;
    return index < failed ? `${name}><failure message="no"/></testcase>` : `${name}/>`;
  });
  const content = `<?xml version="1.0"?>\n<testsuite name="${suite}" tests="12" failures="${String(failed)}">${cases.join('')}</testsuite>\n`;
  // One source for all of them: a newer report of it stands in place of the one before.
  return { content, options: ['--suite', suite, '--source', `CI, ${suite}`] };
}

/** What Trivy found, by severity. */
export function scan(found: { readonly critical?: number; readonly high?: number; readonly low?: number }): Report {
  const vulnerabilities = Object.entries(found).flatMap(([severity, count]) =>
    Array.from({ length: count }, (_, index) => ({
      VulnerabilityID: `CVE-2026-${severity}-${String(index)}`,
      PkgName: 'musl',
      Severity: severity.toUpperCase(),
    })),
  );
  const results = [{ Target: 'shop-orders (alpine)', Vulnerabilities: vulnerabilities }];
  // Each scan is one of its own, also when it found what the one before found.
  return {
    content: JSON.stringify({ SchemaVersion: 2, ArtifactName: `scan ${crypto.randomUUID()}`, Results: results }),
  };
}

export const cleanLint: Report = {
  content: JSON.stringify([{ filePath: '/app/server.ts', messages: [], errorCount: 0, warningCount: 0 }]),
  options: ['--format', 'eslint'],
};

/** A review on the forge that others approved. */
export const approvedReview: Report = {
  content: JSON.stringify({
    number: 7,
    url: 'https://forge.example/shop/pull/7',
    author: { login: 'wilma' },
    reviews: [{ author: { login: 'rene' }, state: 'APPROVED', submittedAt: '2026-01-02T10:00:00Z' }],
    reviewDecision: 'APPROVED',
  }),
};

export function openBugs(...severities: readonly string[]): Report {
  const bugs = severities.map((severity, index) => ({
    number: index + 1,
    title: `bug ${String(index)}`,
    labels: [{ name: severity }],
    createdAt: '2026-01-02T10:00:00Z',
    state: 'OPEN',
  }));
  return { content: JSON.stringify(bugs), options: ['--format', 'bugs'] };
}

/** A k6 summary. */
export function load({ p95Ms, failedShare = 0 }: { readonly p95Ms: number; readonly failedShare?: number }): Report {
  return {
    content: JSON.stringify({
      metrics: {
        http_reqs: { count: 1000, rate: 100 },
        http_req_failed: { passes: 1000 * failedShare, fails: 1000 * (1 - failedShare), value: failedShare },
        http_req_duration: { 'p(95)': p95Ms },
      },
      root_group: { name: '' },
    }),
    options: ['--format', 'k6'],
  };
}
