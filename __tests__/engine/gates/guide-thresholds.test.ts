import { join } from 'node:path';
import type { EvidenceFact } from '../../../engine/evidence/evidence.ts';
import { loadRules } from '../../../engine/rules/load-rules.ts';
import type { ServiceObservation } from '../../../engine/metrics/metrics-source.ts';
import { builtInSteps } from '../../../engine/steps/built-in-steps.ts';
import { compileDefinition } from '../../../engine/workflow/compile-definition.ts';
import type { Definition } from '../../../engine/workflow/definition.ts';
import { alert, MemoryMetrics, observed } from '../../support/memory-metrics.ts';
import { evidence, judged, now } from './gate-fixture.ts';
import { runs } from './watched-environments.ts';

const file = join(import.meta.dirname, '../../../examples/rules/dev-staging-canary-production.yaml');

async function definitionTo(target: string): Promise<Definition> {
  const loaded = await loadRules(file);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  const path = loaded.rules.paths.find(({ to }) => to === target);
  if (path === undefined) throw new Error(`No path leads to ${target}.`);
  return compileDefinition(loaded.rules, path, 'app', builtInSteps, false);
}

/** A world that meets a path's thresholds exactly. */
interface World {
  readonly suites: readonly ('unit' | 'integration' | 'e2e' | 'performance')[];
  readonly failedTests: number;
  readonly linesPercent: number;
  readonly high: number;
  readonly critical: number;
  readonly lintErrors: number;
  /** Of 100,000 requests over the gate's window, and over that of the error budget. */
  readonly failed: number;
  readonly failedInMonth: number;
  /** Of 100,000 seconds. */
  readonly downSeconds: number;
  readonly restarts: number;
  readonly alerts: number;
  readonly canaryRequests: number;
  readonly canaryFailed: number;
  readonly canarySeconds: number;
}

async function failedGates(target: string, world: World): Promise<readonly string[]> {
  const definition = await definitionTo(target);
  const facts: EvidenceFact[] = [
    ...world.suites.map((suite) => ({
      kind: 'tests' as const,
      suite,
      passed: 100,
      failed: suite === world.suites.at(-1) ? world.failedTests : 0,
      skipped: 0,
    })),
    { kind: 'coverage', linesPercent: world.linesPercent },
    { kind: 'findings', scanner: 'trivy', critical: world.critical, high: world.high, medium: 50, low: 50 },
    { kind: 'lint', tool: 'eslint', errors: world.lintErrors, warnings: 0 },
  ];
  const metrics = new MemoryMetrics();
  const of = (name: string, requests: number): Partial<ServiceObservation> =>
    name === 'orders' ? { requests } : { requests: 0 };
  const services = ['catalogue', 'orders', 'web'];
  metrics.observations = {
    [definition.source.name]: (span) => ({
      services: services.map((name) => {
        const seconds = (span.to.getTime() - span.from.getTime()) / 1000;
        const isSlo = seconds === 86_400;
        const isMonth = seconds === 2_592_000;
        const isCanary = seconds === world.canarySeconds && definition.gates.some(({ gate }) => gate === 'canary');
        const down = isSlo ? (world.downSeconds * 86_400) / 100_000 : 0;
        const failed = isCanary ? world.canaryFailed : isMonth ? world.failedInMonth : isSlo ? world.failed : 0;
        return observed(name, span, {
          ...of(name, isCanary ? world.canaryRequests : 100_000),
          ...(name === 'orders' ? { failed, readySeconds: seconds - down, restarts: world.restarts } : {}),
        });
      }),
    }),
    [definition.target.name]: (span) => ({
      services: services.map((name) => observed(name, span, of(name, 90_000))),
    }),
  };
  metrics.alerts = {
    [definition.source.name]: {
      evaluatedAt: now,
      alerts: Array.from({ length: world.alerts }, (_, index) => alert(String(index))),
    },
  };
  const failed: string[] = [];
  for (const { gate, config, onMissing, maxAgeSeconds } of definition.gates) {
    const answer = await judged(gate, config, {
      onMissing,
      ...(maxAgeSeconds === undefined ? {} : { maxAgeSeconds }),
      definition,
      evidence: facts.map((fact) => evidence(fact)),
      ports: { metrics },
      deployed: { [definition.source.name]: runs(world.canarySeconds) },
    });
    if (answer.verdict !== 'pass') failed.push(`${gate}: ${answer.detail}`);
  }
  return failed;
}

const common = {
  failedTests: 0,
  critical: 0,
  lintErrors: 0,
  restarts: 0,
  alerts: 0,
  canaryRequests: 10_000,
  canaryFailed: 100,
  // A second more than a day, so that its span is not that of the service levels.
  canarySeconds: 86_401,
};
/** The guide's thresholds, met exactly. The error budget alone must stay below its own. */
const exactly: Readonly<Record<string, World>> = {
  staging: {
    ...common,
    suites: ['unit', 'integration'],
    linesPercent: 70,
    high: 5,
    failed: 1000,
    failedInMonth: 499,
    downSeconds: 1000,
  },
  canary: {
    ...common,
    suites: ['unit', 'integration', 'e2e', 'performance'],
    linesPercent: 80,
    high: 0,
    failed: 500,
    failedInMonth: 149,
    downSeconds: 500,
  },
  production: {
    ...common,
    suites: ['unit', 'integration', 'e2e', 'performance'],
    linesPercent: 85,
    high: 0,
    failed: 100,
    failedInMonth: 19,
    downSeconds: 100,
  },
};

describe.each(['staging', 'canary', 'production'])('the way to %s', (target) => {
  const world = exactly[target] ?? exactly['staging'];
  if (world === undefined) throw new Error('there is no world');

  it('is open when every threshold of the guide is met exactly', async () => {
    expect(await failedGates(target, world)).toEqual([]);
  });

  it.each([
    ['tests', { failedTests: 1 }],
    ['tests', { suites: world.suites.slice(0, -1) }],
    ['coverage', { linesPercent: world.linesPercent - 0.01 }],
    ['findings', { high: world.high + 1 }],
    ['findings', { critical: 1 }],
    ['lint', { lintErrors: 1 }],
    ['slo', { failed: world.failed + 1 }],
    ['slo', { downSeconds: world.downSeconds + 1 }],
    ['errorBudget', { failedInMonth: world.failedInMonth + 1 }],
    ['stability', { restarts: 1 }],
    ['criticalAlerts', { alerts: 1 }],
  ] as const)('is closed by the gate %s alone when it is missed by the least: %j', async (gate, more) => {
    const failed = await failedGates(target, { ...world, ...more });
    expect(failed.map((each) => each.split(':')[0])).toEqual([gate]);
  });
});

describe('the way from canary to production', () => {
  const world = exactly['production'];
  if (world === undefined) throw new Error('there is no world');

  it.each([
    ['one request less than a tenth', { canaryRequests: 9999 }],
    ['one failure more than one in a hundred', { canaryFailed: 101 }],
    ['less than a day', { canarySeconds: 86_399 }],
  ])('is closed by its canary: %s', async (_, more) => {
    const failed = await failedGates('production', { ...world, ...more });
    expect(failed.map((each) => each.split(':')[0])).toEqual(['canary']);
  });
});
