import { demandedGates } from '../../../engine/rules/gate-schema.ts';
import { loadRules } from '../../../engine/rules/load-rules.ts';
import type { Path } from '../../../engine/rules/schema.ts';
import { fileURLToPath } from 'node:url';

async function pathTo(target: string): Promise<Path> {
  const loaded = await loadRules(fileURLToPath(new URL('../../../promotion/promotion-rules.yaml', import.meta.url)));
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  const path = loaded.rules.paths.find(({ to }) => to === target);
  if (path === undefined) throw new Error(`No path leads to ${target}.`);
  return path;
}

describe('the default rules', () => {
  it.each([
    {
      target: 'staging',
      from: 'dev',
      suites: ['unit', 'integration'],
      coverage: 70,
      high: 5,
      availability: 99,
      errors: 1,
      budget: 50,
      stages: [],
    },
    {
      target: 'canary',
      from: 'staging',
      suites: ['unit', 'integration', 'e2e'],
      coverage: 80,
      high: 0,
      availability: 99.5,
      errors: 0.5,
      budget: 30,
      stages: ['SRE', 'QA'],
    },
    {
      target: 'production',
      from: 'canary',
      suites: ['unit', 'integration', 'e2e', 'performance'],
      coverage: 85,
      high: 0,
      availability: 99.9,
      errors: 0.1,
      budget: 20,
      stages: ['SRE', 'Engineering Lead', 'Product Owner'],
    },
  ])('demand of $from → $target what the guide demands', async (expected) => {
    const path = await pathTo(expected.target);
    expect(path).toMatchObject({
      from: expected.from,
      autoPromote: false,
      gates: {
        tests: { suites: expected.suites, minimumPassedPercent: 100 },
        coverage: { minimumPercent: expected.coverage },
        findings: { maximum: { critical: 0, high: expected.high } },
        slo: { minimumAvailabilityPercent: expected.availability, maximumErrorRatePercent: expected.errors },
        errorBudget: { maximumConsumedPercent: expected.budget },
        criticalAlerts: { maximum: 0 },
        stability: {},
      },
    });
    expect(path.approvals.stages.map(({ name }) => name)).toEqual(expected.stages);
  });

  it('let a canary prove itself on 10 % for 24 hours at 99 %', async () => {
    expect((await pathTo('production')).gates.canary).toMatchObject({
      minimumTrafficPercent: 10,
      minimumDurationSeconds: 86_400,
      minimumSuccessPercent: 99,
    });
  });

  it('list the demanded gates in one order, without those taken back', async () => {
    const { gates } = await pathTo('staging');
    expect(demandedGates({ ...gates, tests: false }).map(({ gate }) => gate)).toEqual([
      'coverage',
      'findings',
      'slo',
      'errorBudget',
      'criticalAlerts',
      'stability',
      'lint',
    ]);
  });
});
