import type { EvidenceFormat } from '../../../engine/evidence/formats.ts';

/** A small good report of every format, for tests that spoil them. */
export const sampleReports: Readonly<Record<EvidenceFormat, string>> = {
  junit:
    '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites tests="2" failures="1"><testsuite name="ä" tests="2" failures="1">' +
    '<testcase name="a"/><testcase name="b"><failure message="no">wrong</failure></testcase></testsuite></testsuites>\n',
  lcov: 'TN:\nSF:src/ä.ts\nFN:1,main\nDA:1,4\nDA:2,0\nLF:2\nLH:1\nend_of_record\n',
  cobertura:
    '<?xml version="1.0"?>\n<coverage line-rate="0.5" lines-valid="2" lines-covered="1"><packages><package name="ä"><classes>' +
    '<class filename="a.py"><lines><line number="1" hits="1"/><line number="2" hits="0"/></lines></class>' +
    '</classes></package></packages></coverage>\n',
  sarif: JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'CodeQL', rules: [{ id: 'xss', properties: { 'security-severity': '9.8' } }] } },
        results: [{ ruleId: 'xss', locations: [{ physicalLocation: { artifactLocation: { uri: 'ä.ts' } } }] }],
      },
    ],
  }),
  'sarif-lint': JSON.stringify({
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'Ruff' } }, results: [{ ruleId: 'E501', level: 'error' }] }],
  }),
  eslint: JSON.stringify([
    { filePath: '/ä.ts', messages: [{ ruleId: 'x', severity: 2, message: 'no' }], errorCount: 1, warningCount: 0 },
  ]),
  trivy: JSON.stringify({
    SchemaVersion: 2,
    CreatedAt: '2026-11-20T10:00:00Z',
    Results: [{ Target: 'ä', Vulnerabilities: [{ VulnerabilityID: 'CVE-1', PkgName: 'musl', Severity: 'HIGH' }] }],
  }),
  grype: JSON.stringify({
    matches: [{ vulnerability: { id: 'CVE-1', severity: 'High' }, artifact: { name: 'ä', version: '1' } }],
    descriptor: { name: 'grype', timestamp: '2026-11-20T10:00:00Z' },
  }),
  k6: JSON.stringify({
    metrics: {
      http_reqs: { count: 10, rate: 5 },
      http_req_failed: { passes: 1, fails: 9, value: 0.1 },
      http_req_duration: { 'p(95)': 12.5 },
    },
    root_group: { name: 'ä' },
  }),
  'code-review': JSON.stringify({
    number: 1,
    author: { login: 'ana' },
    reviews: [{ author: { login: 'ben' }, state: 'APPROVED', submittedAt: '2026-11-20T10:00:00Z' }],
  }),
  bugs: JSON.stringify([{ number: 1, title: 'ä', labels: [{ name: 'critical' }], state: 'OPEN' }]),
  source: JSON.stringify({ commit: 'a'.repeat(40), branch: 'ä', isClean: true, isPushed: true }),
};
