import { describe, expect, it } from '@jest/globals';
import { chosenPlaces, shopPlaces } from '../../../cli/compose/shop-environments.ts';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import type { Rules } from '../../../engine/rules/schema.ts';

const services = '[{ name: catalogue }, { name: orders }, { name: web }]';

function rulesOf({
  applications = `[{ name: shop, services: ${services} }]`,
  deployment = '{ kind: local }',
  database = '<app>-<env>',
}: {
  readonly applications?: string;
  readonly deployment?: string;
  readonly database?: string | undefined;
} = {}): Rules {
  const parsed = parseRules(
    `version: 1
applications: ${applications}
environments:
  - name: dev
    targets: &targets
      deployment: ${deployment}
      registry: registries/<env>
${database === '' ? '' : `      database: ${database}\n`}      configuration: { repository: configuration, branch: <env>, path: <env>/values.yaml }
  - { name: qa, aliases: [test], targets: *targets }
  - { name: uat1, targets: *targets }
  - { name: uat2, targets: *targets }
paths:
  - { from: dev, to: qa }
  - { from: qa, to: uat1 }
  - { from: qa, to: uat2 }
`,
    'rules.yaml',
  );
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.rules;
}

function namesOf(rules: Rules, ...words: readonly string[]): readonly string[] {
  return chosenPlaces(rules, shopPlaces(rules, undefined), words).map(({ name }) => name);
}

describe('the places of local mode', () => {
  it('are every local environment, each with a registry, a database and a branch of its own', () => {
    const { environments } = shopPlaces(rulesOf(), undefined);
    expect(
      environments.map(({ name, registry, database, configuration, isEntry }) => [
        name,
        registry,
        database,
        configuration.branch,
        isEntry,
      ]),
    ).toEqual([
      ['dev', 'registries/dev', 'shop-dev', 'dev', true],
      ['qa', 'registries/qa', 'shop-qa', 'qa', false],
      ['uat1', 'registries/uat1', 'shop-uat1', 'uat1', false],
      ['uat2', 'registries/uat2', 'shop-uat2', 'uat2', false],
    ]);
  });

  it('start where releases come in and one step further, unless somebody chooses', () => {
    expect(namesOf(rulesOf())).toEqual(['dev', 'qa']);
    expect(namesOf(rulesOf(), 'uat2', 'test')).toEqual(['qa', 'uat2']);
    expect(namesOf(rulesOf(), 'all')).toEqual(['dev', 'qa', 'uat1', 'uat2']);
  });

  it('refuse an environment that there is not, and say which there are', () => {
    expect(() => namesOf(rulesOf(), 'live')).toThrow('live is no environment that runs on this machine');
  });

  it.each([
    [{ deployment: '{ kind: kubernetes, namespace: <env> }' }, 'none of the environments of the rules runs'],
    [{ applications: `[{ name: shop, services: [{ name: api }] }]` }, 'whose services are catalogue, orders, web'],
    [
      { applications: `[{ name: a, services: ${services} }, { name: b, services: ${services} }]` },
      'the rules name a, b, and local mode runs one application',
    ],
    [{ database: '' }, 'the sample application needs a database'],
    [{ database: '<app>_<env>' }, 'shop_dev of dev has no name that the database-migration function takes'],
  ])('refuse rules under which the sample cannot run: %j', (change, message) => {
    expect(() => shopPlaces(rulesOf(change), undefined)).toThrow(message);
  });

  it('run one of several applications when it is named', () => {
    const rules = rulesOf({ applications: `[{ name: a, services: ${services} }, { name: b, services: ${services} }]` });
    expect(shopPlaces(rules, 'b').environments[0]?.database).toBe('b-dev');
    expect(() => shopPlaces(rules, 'c')).toThrow('the rules name no application c');
  });
});
