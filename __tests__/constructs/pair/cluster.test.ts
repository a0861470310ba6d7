import { PromotionNamespace } from '../../../constructs/pair/promotion-namespace.ts';
import { TargetAccess } from '../../../constructs/pair/target-access.ts';
import { pairSettings, partsIn } from '../parts.ts';

describe('the promotion’s namespace', () => {
  const inCluster = (existing?: string) =>
    partsIn((scope) => {
      new PromotionNamespace(scope, 'namespace', pairSettings(), '{"version":1}', existing);
    });

  it('is named for the pair, with an account that can do nothing and the rules', () => {
    const stack = inCluster();
    expect(stack.one('kubernetes_namespace_v1')).toMatchObject({
      metadata: { name: 'shop-staging-to-prod-promotion' },
    });
    expect(stack.one('kubernetes_service_account_v1')).toMatchObject({ automount_service_account_token: false });
    expect(stack.one('kubernetes_config_map_v1')).toMatchObject({
      metadata: { namespace: expect.stringContaining('kubernetes_namespace_v1.namespace') as unknown },
      data: {
        environment: 'staging',
        target_environment: 'prod',
        target_kubernetes_namespace: 'shop-prod',
        'promotion-rules.json': '{"version":1}',
      },
    });
  });

  it('may be there already', () => {
    const stack = inCluster('platform');
    expect(stack.all('kubernetes_namespace_v1')).toEqual([]);
    expect(stack.one('kubernetes_config_map_v1')).toMatchObject({ metadata: { namespace: 'platform' } });
  });
});

describe('the runner in the target’s namespace', () => {
  const stack = partsIn((scope) => {
    new TargetAccess(scope, 'target', pairSettings());
  });

  it('may deploy and undo, and create, delete and read secrets nowhere', () => {
    const { rule, metadata } = stack.one('kubernetes_role_v1');
    expect(metadata).toMatchObject({ name: 'shop-staging-to-prod-promotion', namespace: 'shop-prod' });
    const rules = rule as readonly { resources: readonly string[]; verbs: readonly string[] }[];
    const writing = rules.filter(({ verbs }) => verbs.some((verb) => !['get', 'list', 'watch'].includes(verb)));
    expect(writing.flatMap(({ resources }) => resources)).toEqual(['deployments', 'deployments/scale']);
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list', 'watch', 'patch']));
    expect(rules.flatMap(({ resources }) => resources)).not.toContain('secrets');
  });

  it('only looks where Argo CD deploys', () => {
    const byArgoCd = partsIn((scope) => {
      new TargetAccess(scope, 'target', { ...pairSettings(), isTargetArgoCd: true });
    });
    const rules = byArgoCd.one('kubernetes_role_v1')['rule'] as readonly { verbs: readonly string[] }[];
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list', 'watch']));
  });

  it('is its Google identity, as a user', () => {
    expect(stack.one('kubernetes_role_binding_v1')).toMatchObject({
      metadata: { namespace: 'shop-prod' },
      role_ref: { kind: 'Role', name: 'shop-staging-to-prod-promotion' },
      subject: [{ kind: 'User', name: 'promotion-runner@shop-prod.iam.gserviceaccount.com' }],
      depends_on: [expect.stringContaining('kubernetes_role_v1.')],
    });
  });
});
