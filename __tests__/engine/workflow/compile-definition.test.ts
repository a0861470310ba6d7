import { describe, expect, it } from '@jest/globals';
import { gatesBeforeDeployment } from '../../../engine/gates/judge-gates.ts';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { renderProblems } from '../../../engine/rules/render-problems.ts';
import type { Path, Rules } from '../../../engine/rules/schema.ts';
import { builtInSteps } from '../../../engine/steps/built-in-steps.ts';
import { unsupportedRequirements } from '../../../engine/rules/unsupported-requirements.ts';
import { compileDefinition } from '../../../engine/workflow/compile-definition.ts';

const rulesText = (canary: string, deployment = '{ kind: local }', more = ''): string => `version: 1
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
  - { from: dev, to: staging, canary: ${canary} ${more} }
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

it('a load test after the deployment is a gate of the path that is not judged before it', () => {
  const gatesOf = (settings: string) => {
    const { rules, path } = parsed(rulesText('{}', undefined, `, gates: { coverage: {}, load: ${settings} }`));
    const { gates } = compileDefinition(rules, path, 'shop', builtInSteps, false);
    return { all: gates.map(({ gate }) => gate), before: gatesBeforeDeployment(gates).map(({ gate }) => gate) };
  };
  expect(gatesOf('{ phases: [after] }')).toEqual({ all: ['coverage', 'load'], before: ['coverage'] });
  expect(gatesOf('{ phases: [before, after] }').before).toEqual(['coverage', 'load']);
  expect(gatesOf('{}').before).toEqual(['coverage', 'load']);
});

describe('the contract run of a path', () => {
  const withDatabase = (text: string) => text.replace('registry:', 'database: <app>-<env>\n      registry:');
  const named = (text: string, isDryRun = false) => {
    const { rules, path } = parsed(text);
    const { contractSteps = [] } = compileDefinition(rules, path, 'shop', builtInSteps, isDryRun);
    for (const { name, config } of contractSteps) {
      const step = builtInSteps.find((each) => each.name === name);
      expect(step?.configSchema.safeParse(config)).toMatchObject({ success: true });
    }
    return contractSteps.map(({ name }) => name);
  };

  it('waits, checks under the slot, backs up, contracts, and looks whether all is well', () => {
    expect(named(withDatabase(rulesText('{ enabled: false }')))).toEqual([
      'await-undo-window',
      'await-window',
      'confirm-window',
      'validate-contract',
      'back-up',
      'contract-database',
      'verify-contract',
      'report',
      'notify',
    ]);
  });

  it('is no part of the promotion, and there is none without a database or in a dry run', () => {
    const { rules, path } = parsed(withDatabase(rulesText('{ enabled: false }')));
    const names = compileDefinition(rules, path, 'shop', builtInSteps, false).steps.map(({ name }) => name);
    expect(names.filter((name) => name.includes('contract') || name.includes('undo'))).toEqual([]);
    expect(named(withDatabase(rulesText('{ enabled: false }')), true)).toEqual([]);
    expect(named(rulesText('{ enabled: false }'))).toEqual([]);
  });
});

it('a path without a canary deploys everything at once and judges no share', () => {
  const { rules, path } = parsed(rulesText('{ enabled: false, percentage: 25 }'));
  const { steps } = compileDefinition(rules, path, 'shop', builtInSteps, false);
  expect(steps.map(({ name }) => name)).not.toContain('shift-canary');
  expect(steps.find(({ name }) => name === 'deploy')).toMatchObject({ config: {} });
});

describe('steps, gates and tests of the team’s own', () => {
  const action = 'action: { kind: command, command: [./run] }';
  const custom = (lines: readonly string[]): string => `, steps: { custom: [${lines.join(', ')}] }`;

  it('stand behind the step that the rules name, in the order of the rules, with what takes them back', () => {
    const { rules, path } = parsed(
      rulesText(
        '{}',
        undefined,
        custom([
          `{ name: second, after: back-up, ${action} }`,
          `{ name: first, after: initialize, ${action}, optional: true }`,
          `{ name: third, after: back-up, ${action}, compensation: { kind: http, url: 'https://hooks.example/undo' } }`,
          `{ name: last, after: notify, ${action} }`,
        ]),
      ),
    );
    expect(unsupportedRequirements(rules, path)).toEqual([]);
    const { steps } = compileDefinition(rules, path, 'shop', builtInSteps, false);
    const names = steps.map(({ name }) => name);
    expect(names.slice(0, 3)).toEqual(['initialize', 'first', 'validate-conditions']);
    expect(names.slice(names.indexOf('back-up'), names.indexOf('back-up') + 4)).toEqual([
      'back-up',
      'second',
      'third',
      'promote-configuration',
    ]);
    expect(names.at(-1)).toBe('last');
    expect(names).not.toContain('custom');
    const find = (name: string): unknown => steps.find((step) => step.name === name);
    expect(find('first')).toMatchObject({
      uses: 'custom',
      phase: 'initialize',
      isOptional: true,
      isCompensable: false,
    });
    expect(find('third')).toMatchObject({ uses: 'custom', phase: 'move', isOptional: false, isCompensable: true });
    expect(find('last')).toMatchObject({ phase: 'notify' });
    const step = builtInSteps.find(({ name }) => name === 'custom');
    for (const { uses, config } of steps) {
      if (uses !== undefined) expect(step?.configSchema.safeParse(config)).toMatchObject({ success: true });
    }
  });

  it('keep their place where the step before them is left out, and begin the move behind the last check', () => {
    const { rules, path } = parsed(
      rulesText(
        '{}',
        undefined,
        custom([
          `{ name: one, after: migrate-database, ${action} }`,
          `{ name: two, after: validate-artifacts, ${action} }`,
        ]),
      ),
    );
    const { steps } = compileDefinition(rules, path, 'shop', builtInSteps, false);
    const names = steps.map(({ name }) => name);
    expect(names).not.toContain('migrate-database');
    expect(names[names.indexOf('one') - 1]).toBe('promote-configuration');
    expect(steps.find(({ name }) => name === 'two')).toMatchObject({ phase: 'move' });
  });

  it('do nothing in a dry run, but are judged where they are gates', () => {
    const gates = `, gates: { custom: [{ name: licences, ${action}, onMissing: warn }] }`;
    const { rules, path } = parsed(
      rulesText('{}', undefined, `${custom([`{ name: one, after: back-up, ${action} }`])} ${gates}`),
    );
    expect(unsupportedRequirements(rules, path)).toEqual([]);
    const definition = compileDefinition(rules, path, 'shop', builtInSteps, true);
    expect(definition.steps.map(({ name }) => name)).not.toContain('one');
    expect(definition.gates).toMatchObject([
      { gate: 'custom', name: 'licences', onMissing: 'warn', config: { action: { kind: 'command' } } },
    ]);
  });

  it('are given to the verification', () => {
    const { rules, path } = parsed(
      rulesText('{}', undefined, `, verification: { custom: [{ name: checkout, ${action} }] }`),
    );
    expect(unsupportedRequirements(rules, path)).toEqual([]);
    const { steps } = compileDefinition(rules, path, 'shop', builtInSteps, false);
    expect(steps.find(({ name }) => name === 'verify')).toMatchObject({
      config: { custom: [{ name: 'checkout', action: { command: ['./run'] } }] },
    });
  });

  it.each([
    [`{ name: verify-rollback, after: back-up, ${action} }`, /name must be a name that no built-in step has/],
    [`{ name: report, after: back-up, ${action} }`, /name must be a name that no built-in step has/],
    [
      `{ name: a, after: await-approval, ${action}, compensation: { kind: command, command: [x] } }`,
      /compensation must be left out, because nothing is taken back behind await-approval/,
    ],
    [
      `{ name: a, after: deploy, ${action} }, { name: a, after: deploy, ${action} }`,
      /name must be a name that is not taken/,
    ],
  ])('are refused as %s', (line, message) => {
    const text = rulesText('{}', undefined, custom([line]));
    const result = parseRules(text, 'rules');
    if (result.ok) throw new Error('the rules were taken');
    expect(renderProblems(result.problems, text)).toMatch(message);
  });

  it('take private networks along that the rules open', () => {
    const text = `${rulesText('{}')}outbound: { privateNetworks: [10.8.0.0/16, 'fd12::/32'] }\n`;
    const { rules, path } = parsed(text);
    expect(compileDefinition(rules, path, 'shop', builtInSteps, false).privateNetworks).toEqual([
      '10.8.0.0/16',
      'fd12::/32',
    ]);
    expect(parseRules(text.replace('10.8.0.0/16', '10.8.0.0'), 'rules').ok).toBe(false);
  });
});

describe('signatures without a key', () => {
  it('are refused by name, because only services outside could vouch for them', () => {
    const keyless = "keyless: { issuer: 'https://token.example', identity: ci@shop.example }";
    const { rules, path } = parsed(rulesText('{}', undefined, `, gates: { signature: { ${keyless} } }`));
    expect(unsupportedRequirements(rules, path)).toEqual([
      { at: ['paths', 0, 'gates', 'signature', 'keyless'], name: "signature.keyless, which needs Sigstore's services" },
    ]);
  });
});

describe('a path that leaves steps out', () => {
  const compiled = (leaveOut: string, isDryRun = false) => {
    const { rules, path } = parsed(rulesText('{}', undefined, `, steps: { leaveOut: [${leaveOut}] }`));
    expect(unsupportedRequirements(rules, path)).toEqual([]);
    return compileDefinition(rules, path, 'shop', builtInSteps, isDryRun);
  };
  const checksOf = ({ steps }: ReturnType<typeof compiled>) =>
    steps.find(({ name }) => name === 'initialize')?.config['checks'];

  it('has none of them, and remembers which, also in a dry run', () => {
    const definition = compiled('promote-configuration, validate-artifacts');
    const names = definition.steps.map(({ name }) => name);
    expect(names).not.toContain('promote-configuration');
    expect(names).not.toContain('note-target');
    expect(definition.leftOut).toEqual(['validate-artifacts', 'promote-configuration']);
    expect(compiled('promote-configuration', true).leftOut).toEqual(['promote-configuration']);
  });

  it('notes what the target was in place of the back-up', () => {
    const names = compiled('back-up').steps.map(({ name }) => name);
    expect(names).not.toContain('back-up');
    expect(names[names.indexOf('promote-configuration') - 1]).toBe('note-target');
  });

  it('does not call left out what there would be nothing to do for', () => {
    const definition = compiled('migrate-database, promote-flags');
    expect(definition).not.toHaveProperty('leftOut');
    expect(definition.steps.map(({ name }) => name)).not.toContain('migrate-database');
  });

  it('looks before anything changes only for what the other steps need', () => {
    expect(checksOf(compiled(''))).toEqual([
      'artifacts',
      'configuration',
      'deployment',
      'documents',
      'metrics',
      'notifications',
    ]);
    expect(checksOf(compiled('promote-artifacts, back-up, report, notify'))).toEqual([
      'images',
      'configuration',
      'deployment',
      'metrics',
    ]);
  });

  it('keeps no report where that is left out', () => {
    expect(compiled('report').reports?.isKept).toBe(false);
  });
});

it('a path whose rules collect no logs or metrics says so to its promotions, and others say nothing', () => {
  const collecting = (text: string) => {
    const { rules, path } = parsed(`${rulesText('{}')}${text}`);
    return compileDefinition(rules, path, 'shop', builtInSteps, false).collects;
  };
  expect(collecting('')).toBeUndefined();
  expect(collecting('collect: { logs: false }\n')).toEqual({ logs: false, metrics: true });
});
