import { describe, expect, it } from '@jest/globals';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { renderProblems } from '../../../engine/rules/render-problems.ts';
import type { Path, Rules } from '../../../engine/rules/schema.ts';
import { builtInSteps } from '../../../engine/steps/built-in-steps.ts';
import { compileDefinition, unsupportedRequirements } from '../../../engine/workflow/compile-definition.ts';

const rulesText = (canary: string, deployment = '{ kind: local }'): string => `version: 1
applications:
  - { name: shop, services: [{ name: api }] }
environments:
  - name: dev
    targets: &targets
      deployment: ${deployment}
      registry: registries/<env>
      configuration: { repository: configuration, branch: <env>, path: <env>/values.yaml }
  - { name: staging, targets: *targets }
paths:
  - { from: dev, to: staging, canary: ${canary} }
`;

function parsed(text: string): { rules: Rules; path: Path } {
  const result = parseRules(text, 'rules');
  if (!result.ok) throw new Error(renderProblems(result.problems, text));
  const [path] = result.rules.paths;
  if (path === undefined) throw new Error('there is no path');
  return { rules: result.rules, path };
}

describe('a path with a canary', () => {
  it('deploys with its share, then judges it before it verifies', () => {
    const { rules, path } = parsed(
      rulesText('{ enabled: true, percentage: 25, durationSeconds: 30m, maximumErrorRatePercent: 2 }'),
    );
    const { steps } = compileDefinition(rules, path, 'shop', builtInSteps, false);
    const names = steps.map(({ name }) => name);
    expect(names.slice(names.indexOf('deploy'))).toEqual([
      'deploy',
      'shift-canary',
      'verify',
      'verify-rollback',
      'report',
      'notify',
    ]);
    const find = (name: string): unknown => steps.find((step) => step.name === name);
    expect(find('deploy')).toMatchObject({ config: { canaryPercentage: 25 } });
    expect(find('shift-canary')).toMatchObject({
      phase: 'deploy',
      isCompensable: false,
      config: {
        durationSeconds: 1_800,
        minimumSuccessPercent: 99,
        maximumErrorRatePercent: 2,
        checkIntervalSeconds: 60,
      },
    });
    expect(unsupportedRequirements(rules, path)).toEqual([]);
  });

  it('is given what its steps can read', () => {
    const { rules, path } = parsed(rulesText('{ enabled: true }'));
    for (const { name, config } of compileDefinition(rules, path, 'shop', builtInSteps, false).steps) {
      const step = builtInSteps.find((each) => each.name === name);
      expect(step?.configSchema.safeParse(config)).toMatchObject({ success: true });
    }
  });

  it('starts none in a dry run', () => {
    const { rules, path } = parsed(rulesText('{ enabled: true }'));
    const { steps } = compileDefinition(rules, path, 'shop', builtInSteps, true);
    expect(steps.map(({ name }) => name)).not.toContain('shift-canary');
  });
});

it('a path without a canary deploys everything at once and judges no share', () => {
  const { rules, path } = parsed(rulesText('{ percentage: 25 }'));
  const { steps } = compileDefinition(rules, path, 'shop', builtInSteps, false);
  expect(steps.map(({ name }) => name)).not.toContain('shift-canary');
  expect(steps.find(({ name }) => name === 'deploy')).toMatchObject({ config: {} });
});
