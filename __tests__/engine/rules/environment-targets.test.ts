import { nameForService, resolveEnvironment } from '../../../engine/rules/environment-targets.ts';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import type { Rules } from '../../../engine/rules/schema.ts';
import { pipelineText } from './rules-text.ts';

function rulesOf(text: string): Rules {
  const parsed = parseRules(text, 'f');
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.rules;
}

describe('an application in an environment', () => {
  it('has every target by its name', () => {
    const resolved = resolveEnvironment(rulesOf(pipelineText), 'shop', 'stage');
    expect(resolved).toMatchObject({
      application: 'shop',
      environment: 'staging',
      targets: {
        deployment: { kind: 'local', directory: 'deployments/shop/staging' },
        registry: 'registry.example/staging',
        database: 'shop-staging',
        configuration: { branch: 'env/staging', path: 'shop/staging/values.yaml' },
        flags: { kind: 'file', path: 'flags/shop/staging.json' },
      },
    });
  });

  it('has each of its services, with the defaults where the environment says nothing', () => {
    const { services } = resolveEnvironment(rulesOf(pipelineText), 'shop', 'staging');
    expect(services).toEqual([
      expect.objectContaining({ name: 'api', critical: true, healthUrl: 'https://api.staging.shop.example/health' }),
      expect.objectContaining({
        name: 'web',
        kind: 'frontend',
        critical: false,
        healthUrl: '/health',
        startupTimeoutSeconds: 300,
      }),
    ]);
  });

  it('keeps the place of the service in names that differ by service', () => {
    const text = pipelineText.replace(
      '{ kind: local }',
      "{ kind: kubernetes, namespace: '<app>-<env>', workload: '<env>-<service>' }",
    );
    const { deployment } = resolveEnvironment(rulesOf(text), 'shop', 'qa').targets;
    if (deployment.kind !== 'kubernetes') throw new Error('The rules say kubernetes.');
    expect(deployment.namespace).toBe('shop-qa');
    expect(nameForService(deployment.workload, 'api')).toBe('qa-api');
  });

  it('that the rules do not name is refused', () => {
    const rules = rulesOf(pipelineText);
    expect(() => resolveEnvironment(rules, 'shap', 'qa')).toThrow('no application shap');
    expect(() => resolveEnvironment(rules, 'shop', 'qaa')).toThrow('no environment qaa');
  });
});
