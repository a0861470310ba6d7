import type { GateName } from '../engine/rules/gate-schema.ts';

/** What docs/gates.md says of a gate beside its settings, which come from the schema. */
export interface GateProse {
  readonly title: string;
  /** What it reads, and when it passes. */
  readonly reads: string;
  /** What it does not know, beside evidence that is absent or too old. */
  readonly unknown: string;
  /** As it stands below `gates:`. */
  readonly example: string;
}

const noMetrics = 'The environment was not watched, or its last look is too old.';

/** One that is missing here is missing to the compiler, too. */
export const gateProse: Readonly<Record<GateName | 'custom', GateProse>> = {
  tests: {
    title: 'Tests',
    reads:
      'The newest test report of each suite and source (`evidence add --suite --source`), added up: how many of the tests that ran passed.',
    unknown: 'A suite without a report, or whose report names no test that ran.',
    example: 'tests: { suites: [unit, integration, e2e, performance] }',
  },
  coverage: {
    title: 'Coverage',
    reads: 'The newest coverage report (lcov, Cobertura): the share of lines that tests ran.',
    unknown: 'No report.',
    example: 'coverage: { minimumPercent: 85 }',
  },
  findings: {
    title: 'Findings of scanners',
    reads:
      'The newest report of each scanner (Trivy, Grype, SARIF), each judged for itself; the worst counts. Waived findings do not count; unrated ones are high.',
    unknown: 'No report, or none of a scanner that `scanners` names.',
    example: 'findings: { maximum: { critical: 0, high: 5 }, maximumAgeSeconds: { high: 30d }, scanners: [trivy] }',
  },
  signature: {
    title: 'Signatures of images',
    reads:
      'The signatures of every image, verified in the registry with `keys`; without `keys`, verifications by others that were added as evidence.',
    unknown: 'An image that is not signed, or whose signature cannot be read.',
    example: 'signature: { keys: [{ name: build, file: keys/build.pub }] }',
  },
  slo: {
    title: 'Service levels',
    reads:
      "Metrics of one end of the path over the window: the availability of its worst critical service, the share of failed requests, p95. Without numbers here, the environment's own `slo` counts.",
    unknown: `${noMetrics} Fewer than 20 requests, less than half of the window watched, or a measurement that is no number (NaN). What is known to be broken fails, whatever else is unknown.`,
    example: 'slo: { minimumAvailabilityPercent: 99.5, maximumErrorRatePercent: 0.5 }',
  },
  errorBudget: {
    title: 'Error budget',
    reads: "How much of what the environment's `slo` allows to fail is used up, by errors or by time away.",
    unknown: `${noMetrics} The environment has no \`slo\`, and the path's gate \`slo\` has no numbers.`,
    example: 'errorBudget: { maximumConsumedPercent: 30 }',
  },
  criticalAlerts: {
    title: 'Open critical alerts',
    reads: 'The alerts that are open there now.',
    unknown: 'Nobody judges whether to alert, or did so too long ago.',
    example: 'criticalAlerts: { maximum: 0 }',
  },
  stability: {
    title: 'Stability',
    reads:
      'How the present deployment did: it has run for so long, its critical services were ready all the time, none was restarted more often.',
    unknown:
      'The environment runs another release (`environment: source`), has no critical service, or nobody looked for more than 15 s.',
    example: 'stability: { forSeconds: 30m }',
  },
  health: {
    title: 'Health',
    reads: 'The health check of every critical service, asked when it is judged.',
    unknown: 'There is no critical service to ask.',
    example: 'health: {}',
  },
  responseTimes: {
    title: 'Response times',
    reads:
      "How long every service takes to answer its health check. A service's own `maxResponseTimeSeconds` comes first.",
    unknown: 'A service that does not answer.',
    example: 'responseTimes: { maximumApiSeconds: 2, maximumFrontendSeconds: 5 }',
  },
  codeReview: {
    title: 'Code review',
    reads:
      'The newest review of each change: approved by so many others than its author, nobody asks for changes, and the forge itself does not refuse it.',
    unknown: 'No review.',
    example: 'codeReview: { minimumApprovals: 2 }',
  },
  bugs: {
    title: 'Open bugs',
    reads:
      'The newest list of open bugs of each tracker, by severity label; without one a bug is medium. Waived bugs do not count.',
    unknown: 'No list. That there is no bug is an empty list, not a missing one.',
    example: 'bugs: { maximum: { critical: 0, high: 0 } }',
  },
  lint: {
    title: 'Lint',
    reads: 'The newest report of each linter (ESLint, SARIF).',
    unknown: 'No report.',
    example: 'lint: { maximumErrors: 0, maximumWarnings: 20 }',
  },
  load: {
    title: 'Load test',
    reads:
      'The newest summary of each tool (k6) of a phase. The one after the deployment is judged while the release is verified; a bad one, or none in time, is `load-test-failure` ([evidence](evidence.md)); for none in time the release is taken back without being marked bad.',
    unknown:
      'No summary, or none that says what is asked (p95). After the deployment: none that was made since then, when `waitSeconds` are over.',
    example: 'load: { phases: [before, after], waitSeconds: 30m, maximumP95Ms: 300 }',
  },
  performance: {
    title: 'Performance against the release before',
    reads: 'The newest p95 of each tool, against that of the release which runs in the target.',
    unknown: 'No measurement of this release, or none of the one before by the same tool.',
    example: 'performance: { maximumRegressionPercent: 5 }',
  },
  canary: {
    title: 'Canary environment',
    reads:
      'How the release did in the environment it comes from: for how long, with which share of the requests of both ends, and how many went well. The canary that is a phase of the deployment itself (`canary.enabled`) is no gate: it is judged from 20 requests on, and with fewer, none of which failed, it is taken back without being marked bad ([rollback](rollback.md)).',
    unknown: 'The canary or the target was not watched, or had too few requests.',
    example: 'canary: { minimumTrafficPercent: 10, minimumDurationSeconds: 24h, minimumSuccessPercent: 99 }',
  },
  source: {
    title: 'Source repository',
    reads:
      "The state of the work tree it was built from (`promote evidence source <application> --release <release>`): committed, pushed, on an expected branch; all evidence that names a commit names the release's.",
    unknown: 'Nobody told the state, or the release does not say which commit it was made from.',
    example: 'source: { branches: [main] }',
  },
  migrations: {
    title: 'Migrations',
    reads:
      "The release's migrations against those that ran in the target: none was changed afterwards, and each has a way back where that is asked.",
    unknown: 'The database cannot be asked.',
    example: 'migrations: { requireDown: true }',
  },
  readiness: {
    title: 'Readiness score',
    reads:
      'The score of `promote compare`, unrounded: 90 and more passes, 75 to below 90 needs `run --acknowledge` with a reason, below refuses.',
    unknown: 'There is nothing to check. A single check that is not known counts as not ready.',
    example: 'readiness: { minimumPercent: 80 }',
  },
  custom: {
    title: 'Gates of your own',
    reads: 'What a command, a container or an HTTP call answers ([steps](steps.md)). Several, each by its name.',
    unknown: 'It could not be run, was refused, or did not end in time.',
    example: 'custom: [{ name: licences, action: { kind: command, command: [./check-licences] } }]',
  },
};
