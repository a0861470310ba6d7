import { TerraformStack, Testing, type App } from 'cdktf';
import { readAppSettings } from '../../../constructs/app/app-settings.ts';
import { buildStacks } from '../../../constructs/app/build-stacks.ts';
import { loadRules } from '../../../engine/rules/load-rules.ts';
import { functionArchive, synthesised } from '../synthesise.ts';

const archive = functionArchive();

async function appOf(rulesFile: string, context: object = {}, environment = {}): Promise<App> {
  const app = Testing.app({ context: { rulesFile, ...context } });
  const settings = readAppSettings(app.node, environment);
  const loaded = await loadRules(settings.rulesFile);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join('\n'));
  buildStacks(app, settings, loaded.rules, archive);
  return app;
}

const stacksOf = (app: App): readonly TerraformStack[] =>
  app.node.children.filter((child): child is TerraformStack => TerraformStack.isStack(child));

function stackOf(app: App, name: string): TerraformStack {
  const found = stacksOf(app).find(({ node }) => node.id === name);
  if (found === undefined) throw new Error(`no stack ${name}`);
  return found;
}

describe('the app', () => {
  it.each([
    ['promotion/promotion-rules.yaml', ['dev-to-staging', 'staging-to-canary', 'canary-to-production']],
    ['examples/rules/dev-to-staging.yaml', ['development-to-staging']],
    ['examples/rules/image-promotion.yaml', ['staging-to-production']],
    [
      'examples/rules/dev-staging-canary-production.yaml',
      ['dev-to-staging', 'staging-to-canary', 'canary-to-production'],
    ],
    [
      'examples/rules/quikapp.yaml',
      [
        'dev-to-qa',
        'qa-to-uat1',
        'qa-to-uat2',
        'qa-to-uat3',
        'uat1-to-staging',
        'uat2-to-staging',
        'uat3-to-staging',
        'staging-to-live',
      ],
    ],
  ])('makes of %s a control plane and a stack for each path, none of which needs another', async (file, pairs) => {
    const app = await appOf(file, { gcpProjectId: 'shop-prod' });
    const stacks = stacksOf(app);
    expect(stacks.map(({ node }) => node.id).toSorted()).toEqual(['control-plane', ...pairs].toSorted());
    for (const stack of stacks) {
      synthesised(stack);
      expect(stack.dependencies).toEqual([]);
    }
  });

  it('takes the project from the context, and the environment’s word before that', async () => {
    const named = await appOf('examples/rules/dev-to-staging.yaml', { gcpProjectId: 'of-context' });
    expect(synthesised(stackOf(named, 'control-plane')).text).toContain('"project": "of-context"');
    const overridden = await appOf(
      'examples/rules/dev-to-staging.yaml',
      { gcpProjectId: 'of-context' },
      { PROMOTION_PROJECT: 'of-environment' },
    );
    expect(synthesised(stackOf(overridden, 'control-plane')).text).not.toContain('of-context');
  });

  it('synthesises without a project, with a warning that nothing can be deployed yet', async () => {
    const app = await appOf('examples/rules/dev-to-staging.yaml');
    const { metadata } = stackOf(app, 'control-plane').node.findChild('promotion').node;
    expect(metadata.map(({ data }) => String(data as unknown)).join()).toMatch(
      /set gcpProjectId .* or PROMOTION_PROJECT/,
    );
  });

  it('gives the control plane its options, connections and secrets, and every stack its state in a bucket', async () => {
    const app = await appOf('examples/rules/dev-to-staging.yaml', {
      gcpProjectId: 'shop-prod',
      installation: 'releases',
      stateBucket: 'shop-state',
      controlPlane: { region: 'europe-west1', labels: { team: 'shop' } },
      databaseConnections: { 'shop-dev': 'projects/shop-prod/secrets/dev' },
      runnerSecrets: { GITOPS_TOKEN: 'projects/shop-prod/secrets/gitops' },
    });
    const plane = synthesised(stackOf(app, 'control-plane'));
    expect(plane.one('google_cloudfunctions2_function')).toMatchObject({
      name: 'releases-migration',
      location: 'europe-west1',
      service_config: { secret_volumes: [{ mount_path: '/secrets/databases/shop-dev' }] },
    });
    expect(plane.text).toContain('GITOPS_TOKEN');
    const pair = synthesised(stackOf(app, 'development-to-staging'));
    expect(JSON.parse(pair.text)).toMatchObject({
      terraform: { backend: { gcs: { bucket: 'shop-state', prefix: 'development-to-staging' } } },
    });
    expect(pair.one('google_storage_bucket', 'artifacts')).toMatchObject({ labels: { team: 'shop' } });
  });

  it('has alerts of the installation and of each path tell the channels of Cloud Monitoring that the rules name', async () => {
    const loaded = await loadRules('examples/rules/dev-to-staging.yaml');
    if (!loaded.ok) throw new Error('no rules');
    const channel = 'projects/shop-prod/notificationChannels/1';
    const app = Testing.app();
    const settings = { ...readAppSettings(app.node, {}), projectId: 'shop-prod' };
    const notifications = {
      ...loaded.rules.notifications,
      channels: [{ kind: 'google-monitoring' as const, name: 'on-call', channel }],
    };
    buildStacks(app, settings, { ...loaded.rules, notifications }, archive);
    for (const { name, policies } of [
      { name: 'control-plane', policies: 1 },
      { name: 'development-to-staging', policies: 4 },
    ]) {
      const told = synthesised(stackOf(app, name)).all('google_monitoring_alert_policy');
      expect(told.map(({ notification_channels }) => notification_channels)).toEqual(
        Array.from({ length: policies }, () => [channel]),
      );
    }
  });

  it('tells which setting cannot be used', () => {
    const { node } = Testing.app({ context: { databaseConnections: { shop: 1 }, stateBucket: '' } });
    expect(() => readAppSettings(node, {})).toThrow(
      /context of cdktf\.json[^]*stateBucket[^]*databaseConnections\.shop/,
    );
  });
});
