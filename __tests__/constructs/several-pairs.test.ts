import { Testing, type TerraformStack } from 'cdktf';
import { EphemeralSecret } from '../../constructs/inputs/secret-input.ts';
import { PromotionControlPlane } from '../../constructs/promotion-control-plane.ts';
import { PromotionProcess } from '../../constructs/promotion-process.ts';
import { documentedOutputs } from './documented-outputs.ts';
import { sevenInputs } from './seven-inputs.ts';
import { functionArchive, stackIn, synthesised } from './synthesise.ts';

describe('several pairs', () => {
  const from = (environment: string, targetEnvironment: string) => ({
    ...sevenInputs,
    environment,
    targetEnvironment,
    kubernetesNamespace: `shop-${environment}`,
    domainName: `${environment}.shop.example`,
  });
  const archive = functionArchive();

  it('in one stack have outputs of their own, with their ids before the names', () => {
    const stack = stackIn(Testing.app());
    new PromotionProcess(stack, 'one', { ...from('dev', 'staging'), dbMigrationFunctionSource: archive });
    new PromotionProcess(stack, 'shop-two', { ...from('staging', 'prod'), dbMigrationFunctionSource: archive });
    const shop = synthesised(stack);
    const prefixed = ['one', 'shop_two'].flatMap((prefix) => documentedOutputs.map((name) => `${prefix}_${name}`));
    expect(Object.keys(shop.outputs).toSorted()).toEqual(prefixed.toSorted());
    const names = shop.all('google_storage_bucket').map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('in stacks of their own find a control plane by names, and refer to no other stack', () => {
    const app = Testing.app();
    const planeStack = stackIn(app, 'control-plane');
    const plane = new PromotionControlPlane(planeStack, 'promotion', {
      gcpProjectId: 'shop-prod',
      dbMigrationFunctionSource: archive,
    });
    const stacks = [
      ['dev', 'staging'],
      ['staging', 'prod'],
    ].map(([source = '', target = '']) => {
      const stack = stackIn(app, `${source}-to-${target}`);
      new PromotionProcess(stack, 'promotion', { ...from(source, target), controlPlane: plane });
      return stack;
    });
    for (const stack of stacks) {
      const text = synthesised(stack).text;
      expect(text).not.toContain('terraform_remote_state');
      expect(text).not.toContain('google_cloud_run_v2_service');
      expect(text).toContain('promotion-runner@shop-prod.iam.gserviceaccount.com');
      expect(stack.dependencies).toEqual([]);
    }
    const rules = synthesised(planeStack).one('google_storage_bucket_object', 'rules')['content'];
    expect(JSON.parse(String(rules))).toMatchObject({
      environments: [{ name: 'dev' }, { name: 'staging' }, { name: 'prod' }],
      paths: [
        { from: 'dev', to: 'staging' },
        { from: 'staging', to: 'prod' },
      ],
    });
    const worker = JSON.stringify(synthesised(planeStack).one('google_cloud_run_v2_service', 'worker'));
    expect(worker).toContain('shop-staging-to-prod-promotion-events');
  });

  it('find one that another app deploys', () => {
    const stack = stackIn(Testing.app());
    const controlPlane = PromotionControlPlane.named('shop-prod', 'promotion', 'europe-west1');
    new PromotionProcess(stack, 'promotion', { ...from('staging', 'prod'), controlPlane });
    const shop = synthesised(stack);
    expect(shop.outputs['promotion_trigger_id']?.value).toBe(
      'projects/shop-prod/locations/europe-west1/triggers/promotion-run',
    );
    expect(shop.outputs['db_migration_function_url']?.value).toBe(
      'https://europe-west1-shop-prod.cloudfunctions.net/promotion-migration',
    );
    expect(String(shop.outputs['promotion_ui_url']?.value)).toMatch(
      /^https:\/\/promotion-ui-\$\{google_storage_bucket\..*\.project_number\}\.europe-west1\.run\.app$/,
    );
    expect(shop.counts['google_service_account']).toBeUndefined();
  });

  it('are refused when they lead into one target by different control planes', () => {
    const stack = stackIn(Testing.app());
    const inputs = {
      ...from('staging', 'prod'),
      dbMigrationFunctionSource: archive,
      targetKubernetesNamespace: 'shop',
    };
    new PromotionProcess(stack, 'one', inputs);
    new PromotionProcess(stack, 'two', { ...inputs, kubernetesNamespace: 'shop-staging-two' });
    expect(() => synthesised(stack)).toThrow(
      /shop\/one: it leads into shop as shop\/two does, by another control plane/,
    );
  });

  it('are refused when what they are made of has the same names, in whatever stacks of the app', () => {
    const app = Testing.app();
    const controlPlane = PromotionControlPlane.named('shop-prod');
    const inputs = { ...from('staging', 'prod'), controlPlane };
    const stack = stackIn(app);
    new PromotionProcess(stack, 'one', inputs);
    new PromotionProcess(stack, 'other-project', { ...inputs, gcpProjectId: 'shop-other' });
    new PromotionProcess(stackIn(app, 'another'), 'two', {
      ...inputs,
      environment: 'uat',
      domainName: 'uat.shop.example',
    });
    const refused = (): unknown => synthesised(stack);
    expect(refused).toThrow(
      /shop\/one: its resources have the same names as those of another\/two; give one of the two/,
    );
    expect(refused).not.toThrow(/other-project: its/);
  });

  it('cannot change the installation that they join', () => {
    const stack = stackIn(Testing.app());
    const plane = new PromotionControlPlane(stack, 'plane', {
      gcpProjectId: 'shop-prod',
      dbMigrationFunctionSource: archive,
    });
    new PromotionProcess(stack, 'pair', { ...from('staging', 'prod'), controlPlane: plane, runTimeout: 600 });
    expect(() => synthesised(stack)).toThrow(/runTimeout is 600 must be given to the control plane/);
  });

  it('have labels of their own, which are checked there too', () => {
    const stack = stackIn(Testing.app());
    const controlPlane = PromotionControlPlane.named('shop-prod');
    new PromotionProcess(stack, 'pair', { ...from('staging', 'prod'), controlPlane, labels: { team: 'Shop' } });
    expect(() => synthesised(stack)).toThrow(/labels\.team is "Shop" must be at most 63 lower-case letters/);
  });

  it('must agree about what they share', () => {
    const stack = stackIn(Testing.app());
    const plane = new PromotionControlPlane(stack, 'plane', {
      gcpProjectId: 'shop-prod',
      dbMigrationFunctionSource: archive,
    });
    new PromotionProcess(stack, 'one', { ...from('dev', 'staging'), controlPlane: plane });
    new PromotionProcess(stack, 'two', {
      ...from('staging', 'prod'),
      artifactRegistry: 'ghcr.io/other',
      controlPlane: plane,
    });
    expect(() => synthesised(stack)).toThrow(/environment staging is described in two ways[^]*rulesFile/);
  });

  it('cannot bring an ephemeral secret of their own stack to a control plane in another', () => {
    const app = Testing.app();
    const plane = new PromotionControlPlane(stackIn(app, 'control-plane'), 'promotion', {
      gcpProjectId: 'shop-prod',
      dbMigrationFunctionSource: archive,
    });
    const stack: TerraformStack = stackIn(app, 'staging-to-prod');
    new PromotionProcess(stack, 'promotion', {
      ...from('staging', 'prod'),
      controlPlane: plane,
      featureFlagApiKey: new EphemeralSecret(stack, 'key'),
    });
    expect(() => synthesised(stack)).toThrow(
      /featureFlagApiKey is \(not shown\) must be an EphemeralSecret of the control/,
    );
  });
});
