import { problemsOf } from '../../../constructs/inputs/claims.ts';
import { databaseOf } from '../../../constructs/pair/database-of.ts';
import { targetOfInputs } from '../../../constructs/pair/target-of-inputs.ts';
import type { RulesInput } from '../../../engine/rules/schema.ts';
import { sevenInputs } from '../seven-inputs.ts';

const environments = ['staging', 'production'].map((name) => ({
  name,
  aliases: name === 'production' ? ['prod'] : [],
  targets: {
    deployment: { kind: 'kubernetes' as const, namespace: '<app>-of-<env>' },
    registry: 'ghcr.io/shop',
    configuration: { repository: 'https://github.com/shop/config.git' },
    database: '<app>-<env>',
  },
}));
const rulesFor = (...applications: string[]): RulesInput => ({
  version: 1,
  applications: applications.map((name) => ({ name, services: [{ name }] })),
  environments,
});

describe('where the target is', () => {
  it('is the source’s place with the target’s name in it', () => {
    expect(targetOfInputs(sevenInputs, undefined)).toMatchObject({
      namespace: 'shop-prod',
      domain: 'prod.shop.example',
    });
    const inner = { ...sevenInputs, kubernetesNamespace: 'eu-staging-shop', domainName: 'shop.staging.example' };
    expect(targetOfInputs(inner, undefined)).toMatchObject({ namespace: 'eu-prod-shop', domain: 'shop.prod.example' });
  });

  it('is not found inside another word', () => {
    const { claims } = targetOfInputs({ ...sevenInputs, kubernetesNamespace: 'prestaging' }, undefined);
    expect(problemsOf(claims).map(({ input }) => input)).toEqual(['targetKubernetesNamespace']);
  });

  it('is what is given, before anything else', () => {
    const given = { ...sevenInputs, targetKubernetesNamespace: 'live', targetDomainName: 'shop.example' };
    expect(targetOfInputs(given, rulesFor('shop'))).toMatchObject({ namespace: 'live', domain: 'shop.example' });
  });

  it('is what the rules say of each application, aliases included', () => {
    expect(targetOfInputs(sevenInputs, rulesFor('shop', 'crm'))).toMatchObject({
      namespace: 'shop-of-production',
      otherNamespaces: ['crm-of-production'],
      isArgoCd: false,
    });
  });

  it('is what Argo CD deploys to, where the rules say so of the target', () => {
    const rules = rulesFor('shop');
    const byArgoCd: RulesInput = {
      ...rules,
      environments: rules.environments.map((environment) => ({
        ...environment,
        targets: {
          ...environment.targets,
          deployment: { kind: 'argocd', server: 'argocd.shop.example', application: '<app>-<env>' },
        },
      })),
    };
    expect(targetOfInputs(sevenInputs, byArgoCd)).toMatchObject({ namespace: 'shop-prod', isArgoCd: true });
    expect(targetOfInputs({ ...sevenInputs, targetEnvironment: 'elsewhere' }, byArgoCd).isArgoCd).toBe(false);
    expect(targetOfInputs(sevenInputs, undefined).isArgoCd).toBe(false);
  });
});

describe('the database of an environment', () => {
  it('is named by the rules, aliases included', () => {
    expect(databaseOf(rulesFor('shop'), 'prod')).toBe('shop-production');
    expect(databaseOf(rulesFor('shop'), 'staging')).toBe('shop-staging');
  });

  it('is none where the rules name none, or one for each of several applications', () => {
    expect(databaseOf(undefined, 'prod')).toBeUndefined();
    expect(databaseOf(rulesFor('shop'), 'dev')).toBeUndefined();
    expect(databaseOf(rulesFor('shop', 'crm'), 'prod')).toBeUndefined();
  });
});
