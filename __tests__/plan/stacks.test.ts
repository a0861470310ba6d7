import { jest } from '@jest/globals';
import { TerraformVariable, type App } from 'cdktf';
import { EphemeralSecret } from '../../constructs/inputs/secret-input.ts';
import { ControlPlaneNames, pairName } from '../../constructs/naming/names.ts';
import { PromotionControlPlane } from '../../constructs/promotion-control-plane.ts';
import type { PromotionProcessProps } from '../../constructs/promotion-process-props.ts';
import { PromotionProcess } from '../../constructs/promotion-process.ts';
import { sevenInputs } from '../constructs/seven-inputs.ts';
import { functionArchive, stackIn } from '../constructs/synthesise.ts';
import { StackFolder } from './sample-stack.ts';
import { Terraform, type SavedPlan } from './terraform.ts';

jest.setTimeout(300_000);

const archive = functionArchive();
const canary = 'postgres://app:canary-of-a-password@db.shop.example/shop';
let terraform: Terraform;
beforeAll(async () => {
  terraform = await Terraform.start();
});
afterAll(async () => {
  await terraform.stop();
});

async function planOf(build: (app: App) => void, stack: string, variables = {}): Promise<SavedPlan> {
  await using folder = await StackFolder.make();
  return await terraform.accept(folder.synth(build)(stack), variables);
}

const onePair = (inputs: Partial<PromotionProcessProps>) => (app: App) => {
  new PromotionProcess(stackIn(app, 'staging-to-prod'), 'promotion', {
    ...sevenInputs,
    dbMigrationFunctionSource: archive,
    ...inputs,
  });
};

const channel = 'projects/shop-prod/notificationChannels/1';
const key = 'projects/shop-prod/locations/us-central1/keyRings/ring/cryptoKeys/key';

const everythingOn: Partial<PromotionProcessProps> = {
  approvers: ['sre@shop.example'],
  promotionChecklist: ['Costs ${nothing} and 5 %{percent}', 'Says "yes"'],
  notificationChannels: [channel],
  promotionNotificationChannels: [channel, 'releases@shop.example', 'https://hooks.shop.example/x'],
  sourceDbConnection: 'projects/shop-prod/secrets/source',
  targetDbConnection: 'projects/shop-prod/secrets/target/versions/2',
  featureFlagApiKey: 'projects/shop-prod/secrets/flags',
  enableCanaryPromotion: true,
  canaryPromotionPercentage: 25,
  targetKubernetesNamespace: 'shop',
  targetDomainName: 'shop.example',
  region: 'europe-west1',
  labels: { team: 'shop' },
  deletionProtection: false,
  image: `europe-west1-docker.pkg.dev/shop-prod/promotion/promotion@sha256:${'a'.repeat(64)}`,
  stateDatabase: { kind: 'create', highlyAvailable: true, privateNetwork: 'projects/shop-prod/global/networks/shop' },
  network: {
    network: 'shop',
    subnetwork: 'services',
    connector: 'projects/shop-prod/locations/europe-west1/connectors/shop',
  },
  workerPool: 'projects/shop-prod/locations/europe-west1/workerPools/shop',
  clusterAccess: { kind: 'connect-gateway', membership: 'projects/shop-prod/locations/global/memberships/shop' },
  argocdServer: 'argocd.shop.example',
  identity: {
    kind: 'oidc',
    issuer: 'https://accounts.google.com',
    clientId: 'client',
    clientSecret: { secret: 'client-secret' },
  },
  viewers: ['group:sre@shop.example'],
  encryptionKey: key,
};

const everythingOff: Partial<PromotionProcessProps> = {
  approvalRequired: false,
  enableFeatureFlagPromotion: false,
  enableRollback: false,
  enableCanaryPromotion: false,
  enablePromotionMetrics: false,
  enablePromotionLogs: false,
  enablePromotionNotifications: false,
  enablePromotionAudit: false,
  machineType: 'E2_HIGHCPU_8',
  clusterAccess: { kind: 'dns-endpoint', endpoint: 'gke-1.europe-west1.gke.goog' },
  stateDatabase: { kind: 'use', connectionName: 'shop-prod:us-central1:shared' },
};

describe('Terraform accepts', () => {
  it.each<readonly [string, Partial<PromotionProcessProps>]>([
    ['the seven required inputs', {}],
    ['everything on', everythingOn],
    ['everything off', everythingOff],
    ['incremental migrations', { databaseMigrationStrategy: 'incremental' }],
    ['schema-first migrations', { databaseMigrationStrategy: 'schema-first' }],
    [
      'what is there already',
      {
        existing: {
          runTopic: 'runs',
          auditBucket: 'audit',
          artifactBucket: 'artifacts',
          eventTopic: 'events',
          promotionNamespace: 'promotion',
        },
      },
    ],
    [
      'the rules of a file',
      {
        rulesFile: 'examples/rules/quikapp.yaml',
        environment: 'dev',
        targetEnvironment: 'qa',
        kubernetesNamespace: 'quikapp-dev',
        domainName: 'dev.quikapp.example',
      },
    ],
  ])('%s', async (_, inputs) => {
    const { changes, outputs } = await planOf(onePair(inputs), 'staging-to-prod');
    expect(new Set(changes.flatMap(({ change }) => change.actions).filter((action) => action !== 'read'))).toEqual(
      new Set(['create']),
    );
    expect(Object.keys(outputs)).toContain('promotion_ui_url');
  });

  it('inputs that are known at apply only, and makes names of them as TypeScript would', async () => {
    const build = (app: App): void => {
      const stack = stackIn(app, 'staging-to-prod');
      const text = (name: string): string => new TerraformVariable(stack, name, { type: 'string' }).stringValue;
      new PromotionProcess(stack, 'promotion', {
        ...sevenInputs,
        dbMigrationFunctionSource: archive,
        environment: text('environment'),
        targetEnvironment: text('target'),
        sourceDbConnection: 'projects/shop-prod/secrets/source',
        targetDbConnection: 'projects/shop-prod/secrets/target',
        gcpProjectId: text('project'),
        kubernetesNamespace: text('namespace'),
        domainName: text('domain'),
        artifactRegistry: text('registry'),
        notificationChannels: [text('channel')],
        enableCanaryPromotion: true,
        canaryPromotionPercentage: new TerraformVariable(stack, 'percentage', { type: 'number' }).numberValue,
        promotionAuditRetentionDays: new TerraformVariable(stack, 'days', { type: 'number' }).numberValue,
      });
    };
    const namespace = `shop-${'x'.repeat(40)}-staging`;
    const { changes } = await planOf(build, 'staging-to-prod', {
      environment: 'staging',
      target: 'prod',
      project: 'shop-prod',
      namespace,
      domain: 'staging.shop.example',
      registry: 'ghcr.io/shop',
      channel,
      percentage: '20',
      days: '10',
    });
    const after = (words: string): unknown => changes.find(({ address }) => address.includes(words))?.change.after;
    const names = new ControlPlaneNames('shop-prod', pairName(namespace, 'prod'));
    expect(after('runner_account')).toMatchObject({ account_id: names.accountId('runner') });
    expect(after('audit_bucket')).toMatchObject({
      name: names.auditBucket,
      retention_policy: [{ retention_period: 864_000 }],
    });
    expect(after('kubernetes_role_v1')).toMatchObject({
      metadata: [{ namespace: namespace.replace('staging', 'prod') }],
    });
    const rules = (after('rules_object') as { content: string }).content;
    expect(JSON.parse(rules)).toMatchObject({
      environments: [{ name: 'staging' }, { name: 'prod' }],
      paths: [{ from: 'staging', to: 'prod', canary: { percentage: 20 } }],
    });
  });

  it('two pairs on one control plane, each stack by itself', async () => {
    const build = (app: App): void => {
      const controlPlane = new PromotionControlPlane(stackIn(app, 'control-plane'), 'promotion', {
        gcpProjectId: 'shop-prod',
        dbMigrationFunctionSource: archive,
      });
      for (const [environment, targetEnvironment] of [
        ['dev', 'staging'],
        ['staging', 'prod'],
      ] as const) {
        new PromotionProcess(stackIn(app, `${environment}-to-${targetEnvironment}`), 'promotion', {
          ...sevenInputs,
          environment,
          targetEnvironment,
          kubernetesNamespace: `shop-${environment}`,
          domainName: `${environment}.shop.example`,
          controlPlane,
        });
      }
    };
    for (const stack of ['control-plane', 'dev-to-staging', 'staging-to-prod']) {
      expect((await planOf(build, stack)).changes.length).toBeGreaterThan(10);
    }
  });

  it('two instances in one stack, with outputs of their own', async () => {
    const build = (app: App): void => {
      const stack = stackIn(app, 'both');
      for (const environment of ['dev', 'staging']) {
        new PromotionProcess(stack, `from-${environment}`, {
          ...sevenInputs,
          environment,
          kubernetesNamespace: `shop-${environment}`,
          domainName: `${environment}.shop.example`,
          targetKubernetesNamespace: `shop-after-${environment}`,
          dbMigrationFunctionSource: archive,
        });
      }
    };
    const { outputs } = await planOf(build, 'both');
    expect(Object.keys(outputs).filter((name) => name.endsWith('promotion_config'))).toEqual([
      'from_dev_promotion_config',
      'from_staging_promotion_config',
    ]);
  });
});

describe('secrets', () => {
  it('that come in ephemeral variables are in no saved plan', async () => {
    const build = (app: App): void => {
      const stack = stackIn(app, 'staging-to-prod');
      new PromotionProcess(stack, 'promotion', {
        ...sevenInputs,
        dbMigrationFunctionSource: archive,
        sourceDbConnection: new EphemeralSecret(stack, 'source_db_connection'),
        targetDbConnection: new EphemeralSecret(stack, 'target_db_connection'),
        featureFlagApiKey: new EphemeralSecret(stack, 'feature_flag_api_key'),
      });
    };
    const variables = { source_db_connection: canary, target_db_connection: canary, feature_flag_api_key: canary };
    const { contents } = await planOf(build, 'staging-to-prod', variables);
    expect(contents).toContain('source_db_connection');
    expect(contents).not.toContain('canary-of-a-password');
  });
});

describe('what is written in inputs', () => {
  it('reaches the rules character by character', async () => {
    const { changes } = await planOf(onePair(everythingOn), 'staging-to-prod');
    const rules = changes.find(({ address }) => address.includes('rules_object'))?.change.after?.['content'];
    expect(JSON.parse(String(rules))).toMatchObject({
      paths: [{ checklist: [{ item: 'Costs ${nothing} and 5 %{percent}' }, { item: 'Says "yes"' }] }],
    });
  });
});
