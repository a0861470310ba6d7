import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadRules } from '../../../engine/rules/load-rules.ts';
import { PathGraph } from '../../../engine/rules/path-graph.ts';
import type { Path, Rules } from '../../../engine/rules/schema.ts';
import { shopPlaces } from '../../../cli/compose/shop-environments.ts';

const folder = join(import.meta.dirname, '../../../examples/rules');
const files = ['dev-staging-canary-production', 'quikapp', 'image-promotion', 'dev-to-staging'] as const;
const day = 86_400;

async function rulesOf(name: (typeof files)[number]): Promise<Rules> {
  const loaded = await loadRules(join(folder, `${name}.yaml`));
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  return loaded.rules;
}

function pathOf(rules: Rules, from: string, to: string): Path {
  const path = rules.paths.find((each) => each.from === from && each.to === to);
  if (path === undefined) throw new Error(`no path ${from} → ${to}`);
  return path;
}

function items(path: Path): readonly string[] {
  return path.checklist.map(({ item }) => item);
}

describe.each(files)('examples/rules/%s.yaml', (name) => {
  it('has nothing wrong with it and runs on one machine with the sample application', async () => {
    const rules = await rulesOf(name);
    expect(shopPlaces(rules, undefined).environments).toHaveLength(rules.environments.length);
  });

  it('finds development and staging by the names that the guides use', async () => {
    const graph = new PathGraph(await rulesOf(name));
    expect([graph.resolve('staging'), graph.resolve('stage')]).toEqual(['staging', 'staging']);
    if (name !== 'image-promotion') expect(graph.resolve('development')).toBe(graph.resolve('dev'));
  });
});

describe('dev → staging → canary → production', () => {
  it.each([
    ['dev', 'staging', 70, 5, 99, 1, 50, []],
    ['staging', 'canary', 80, 0, 99.5, 0.5, 30, ['SRE', 'QA']],
    ['canary', 'production', 85, 0, 99.9, 0.1, 20, ['SRE', 'Engineering Lead', 'Product Owner']],
  ])(
    '%s → %s has the thresholds of the guide',
    async (from, to, coverage, high, availability, errors, budget, stages) => {
      const path = pathOf(await rulesOf('dev-staging-canary-production'), from, to);
      expect(path.gates).toMatchObject({
        coverage: { minimumPercent: coverage },
        findings: { maximum: { critical: 0, high } },
        slo: { minimumAvailabilityPercent: availability, maximumErrorRatePercent: errors },
        errorBudget: { maximumConsumedPercent: budget },
      });
      expect(path.approvals.stages.map(({ name }) => name)).toEqual(stages);
      expect(path.autoPromote).toBe(false);
    },
  );

  it('demands all seven gates of every path', async () => {
    const { paths } = await rulesOf('dev-staging-canary-production');
    for (const { gates } of paths) {
      for (const gate of [
        gates.tests,
        gates.findings,
        gates.coverage,
        gates.slo,
        gates.errorBudget,
        gates.stability,
        gates.criticalAlerts,
      ]) {
        expect(gate).toBeInstanceOf(Object);
      }
    }
  });

  it('asks for e2e and performance tests before canary and production, and a day as a canary before production', async () => {
    const rules = await rulesOf('dev-staging-canary-production');
    expect(pathOf(rules, 'dev', 'staging').gates).toMatchObject({ tests: { suites: ['unit', 'integration'] } });
    for (const [from, to] of [
      ['staging', 'canary'],
      ['canary', 'production'],
    ] as const) {
      expect(pathOf(rules, from, to).gates).toMatchObject({
        tests: { suites: ['unit', 'integration', 'e2e', 'performance'] },
      });
    }
    expect(pathOf(rules, 'canary', 'production').gates).toMatchObject({
      canary: { minimumTrafficPercent: 10, minimumDurationSeconds: day, minimumSuccessPercent: 99 },
    });
  });

  it('lets nothing into production but what ran as a canary', async () => {
    const rules = await rulesOf('dev-staging-canary-production');
    expect(rules.paths.filter(({ to }) => to === 'production').map(({ from }) => from)).toEqual(['canary']);
    const graph = new PathGraph(rules);
    for (const from of ['dev', 'staging'])
      expect(graph.checkMove(from, 'production')).toMatchObject({ ok: false, refusal: 'skips' });
  });

  it('takes a release back for each of the five triggers of the guide', async () => {
    const { paths } = await rulesOf('dev-staging-canary-production');
    for (const { rollback } of paths) {
      expect(rollback.enabled).toBe(true);
      expect(rollback.triggers).toEqual(
        expect.arrayContaining([
          'error-budget-breach',
          'slo-violation',
          'critical-alert',
          'deployment-failure',
          'health-check-failure',
        ]),
      );
    }
  });
});

describe('QuikApp', () => {
  it('has exactly the valid paths of the guide', async () => {
    const { paths } = await rulesOf('quikapp');
    expect(paths.map(({ from, to }) => `${from} → ${to}`)).toEqual([
      'dev → qa',
      'qa → uat1',
      'qa → uat2',
      'qa → uat3',
      'uat1 → staging',
      'uat2 → staging',
      'uat3 → staging',
      'staging → live',
    ]);
  });

  it('refuses to skip, to go backward, and anything into live but staging', async () => {
    const graph = new PathGraph(await rulesOf('quikapp'));
    expect(graph.checkMove('dev', 'staging')).toMatchObject({ ok: false, refusal: 'skips' });
    expect(graph.checkMove('qa', 'dev')).toMatchObject({ ok: false, refusal: 'backward' });
    for (const from of ['dev', 'qa', 'uat1', 'uat2', 'uat3']) {
      expect(graph.checkMove(from, 'live')).toMatchObject({ ok: false });
    }
  });

  it('has four checklists with 27 items, word for word', async () => {
    const rules = await rulesOf('quikapp');
    const lists = [
      items(pathOf(rules, 'dev', 'qa')),
      items(pathOf(rules, 'qa', 'uat1')),
      items(pathOf(rules, 'uat1', 'staging')),
      items(pathOf(rules, 'staging', 'live')),
    ];
    expect(lists).toEqual([
      [
        'All unit tests passing',
        'All integration tests passing',
        'Code review approved and merged',
        'No linting errors',
        'Security scan passed',
        'Database migrations tested',
      ],
      [
        'QA team sign-off',
        'All E2E tests passing',
        'No open critical bugs',
        'No open high-priority bugs',
        'Performance acceptable',
        'Test data prepared for UAT',
      ],
      [
        'UAT sign-off from stakeholders',
        'All acceptance criteria met',
        'Release notes drafted',
        'Documentation updated',
        'Runbook reviewed',
        'Rollback plan documented',
      ],
      [
        'Change Advisory Board (CAB) approval',
        'Load testing completed successfully',
        'Security scan passed (no critical findings)',
        'Staging verified for 24+ hours',
        'Maintenance window scheduled',
        'Communication sent to stakeholders',
        'On-call team notified',
        'Monitoring dashboards ready',
        'Rollback verified in staging',
      ],
    ]);
    expect(lists.flat()).toHaveLength(27);
  });

  it('has every item that a gate can tell ticked by that gate, and the others by those who know', async () => {
    const rules = await rulesOf('quikapp');
    const whoTicks = (from: string, to: string) => {
      const { checklist, gates } = pathOf(rules, from, to);
      for (const { gate } of checklist) if (gate !== undefined) expect(gates[gate]).toBeInstanceOf(Object);
      return checklist.map(({ gate, by }) => gate ?? by ?? 'anybody who promotes');
    };
    expect(whoTicks('dev', 'qa')).toEqual(['tests', 'tests', 'codeReview', 'lint', 'findings', 'migrations']);
    expect(whoTicks('qa', 'uat1')).toEqual(['qa', 'tests', 'bugs', 'bugs', 'performance', 'qa']);
    expect(whoTicks('uat1', 'staging').slice(0, 2)).toEqual(['stakeholder', 'stakeholder']);
    expect(whoTicks('uat1', 'staging').slice(2)).toEqual(Array.from({ length: 4 }, () => 'anybody who promotes'));
    expect(whoTicks('staging', 'live').slice(0, 3)).toEqual(['cab', 'load', 'findings']);
    expect(whoTicks('staging', 'live').slice(3)).toEqual(Array.from({ length: 6 }, () => 'sre'));
    expect(pathOf(rules, 'dev', 'qa').gates).toMatchObject({
      tests: { suites: ['unit', 'integration'] },
      codeReview: { minimumApprovals: 1 },
      lint: { maximumErrors: 0 },
    });
    expect(pathOf(rules, 'qa', 'uat1').gates).toMatchObject({
      tests: { suites: ['e2e'] },
      bugs: { maximum: { critical: 0, high: 0 } },
    });
    // "No critical findings" into live, which says nothing of high ones.
    expect(pathOf(rules, 'staging', 'live').gates).toMatchObject({
      findings: { maximum: { critical: 0, high: 1_000_000 } },
    });
  });

  it('lets every UAT take the same way, with the same checklist', async () => {
    const rules = await rulesOf('quikapp');
    for (const uat of ['uat2', 'uat3']) {
      expect(items(pathOf(rules, 'qa', uat))).toEqual(items(pathOf(rules, 'qa', 'uat1')));
      expect(items(pathOf(rules, uat, 'staging'))).toEqual(items(pathOf(rules, 'uat1', 'staging')));
    }
  });

  it('moves to live in a maintenance window, after a day in staging, with two of the Change Advisory Board', async () => {
    const path = pathOf(await rulesOf('quikapp'), 'staging', 'live');
    expect(path.soakSeconds).toBe(day);
    expect(path.windows).toHaveLength(1);
    expect(path.approvals.stages).toMatchObject([{ roles: ['cab'], minimumApprovals: 2 }]);
    expect(path.bakeSeconds).toBe(1800);
  });

  it('has an emergency lane: staging, half an hour, an emergency approval of the CAB, merged back to develop', async () => {
    const { hotfix } = await rulesOf('quikapp');
    expect(hotfix).toMatchObject({
      entry: 'staging',
      verifySeconds: 1800,
      mergeBackTo: 'develop',
      approvals: [{ roles: ['cab'] }],
    });
  });
});

describe('the image promotion', () => {
  it('validates size, platform, metadata, labels and command of each image, and its scan when there is one', async () => {
    const { images, gates } = pathOf(await rulesOf('image-promotion'), 'staging', 'production');
    expect(images).toMatchObject({ platforms: ['linux/amd64'], requireEntrypoint: true });
    expect(images.requiredLabels.length).toBeGreaterThan(0);
    expect(images.minimumSizeBytes).toBeLessThan(images.maximumSizeBytes);
    expect(gates.findings).toMatchObject({ onMissing: 'warn', onExcess: { critical: 'fail', high: 'warn' } });
  });

  it('retries what may pass with exponential backoff, can be forced, and rejects by itself after a timeout', async () => {
    const { retry, force, approvals } = pathOf(await rulesOf('image-promotion'), 'staging', 'production');
    expect(retry).toMatchObject({
      maximumAttempts: 5,
      multiplier: 2,
      byCategory: { validation: { maximumAttempts: 1 } },
    });
    expect(force).toMatchObject({ allowed: true, roles: ['release-manager'] });
    expect(approvals.stages).toMatchObject([{ timeoutSeconds: day }]);
  });
});

describe('development → staging', () => {
  it('is decided by a readiness score of 90 and 75, and response times of 2 and 5 seconds', async () => {
    const rules = await rulesOf('dev-to-staging');
    expect(rules.readiness).toMatchObject({ readyPercent: 90, cautionPercent: 75 });
    const { gates, verification, rollback } = pathOf(rules, 'development', 'staging');
    expect(gates).toMatchObject({ responseTimes: { maximumApiSeconds: 2, maximumFrontendSeconds: 5 }, readiness: {} });
    expect(verification.timeoutSeconds).toBe(300);
    expect(rollback.triggers).toEqual(
      expect.arrayContaining([
        'deployment-failure',
        'health-check-failure',
        'critical-service-unresponsive',
        'database-unreachable',
      ]),
    );
  });

  it('waits for services as long as the guide says', async () => {
    const { environments } = await rulesOf('dev-to-staging');
    for (const { services } of environments) {
      for (const service of services) {
        expect(service).toMatchObject({ startupTimeoutSeconds: 300, healthCheckTimeoutSeconds: 30 });
      }
    }
  });
});
