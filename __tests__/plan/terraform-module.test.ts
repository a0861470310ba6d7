import { readFileSync } from 'node:fs';
import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { jest } from '@jest/globals';
import type { App } from 'cdktf';
import { parse } from 'yaml';
import type { DocumentedProps } from '../../constructs/inputs/documented-props.ts';
import { EphemeralSecret } from '../../constructs/inputs/secret-input.ts';
import type { PromotionProcessProps } from '../../constructs/promotion-process-props.ts';
import { PromotionProcess } from '../../constructs/promotion-process.ts';
import { documentedOutputs } from '../../constructs/outputs.ts';
import type { RulesInput } from '../../engine/rules/schema.ts';
import { sevenInputs } from '../constructs/seven-inputs.ts';
import { functionArchive, stackIn } from '../constructs/synthesise.ts';
import { asVariables, comparable, plannedBy, writeModule, writeRoot } from './called-module.ts';
import { StackFolder } from './sample-stack.ts';
import { inWords, Terraform, type SavedPlan } from './terraform.ts';

jest.setTimeout(300_000);

const archive = functionArchive();
let terraform: Terraform;
let module: StackFolder;
beforeAll(async () => {
  terraform = await Terraform.start();
  module = await StackFolder.make();
  await writeModule(module.path, await readFile(archive));
});
afterAll(async () => {
  await terraform.stop();
  await module[Symbol.asyncDispose]();
});

const channel = 'projects/shop-prod/notificationChannels/1';
const canary = 'postgres://app:canary-of-a-password@db.shop.example/shop';

const everythingOff = {
  approvalRequired: false,
  enableFeatureFlagPromotion: false,
  enableRollback: false,
  enableCanaryPromotion: false,
  enablePromotionMetrics: false,
  enablePromotionLogs: false,
  enablePromotionNotifications: false,
  enablePromotionAudit: false,
} satisfies Partial<DocumentedProps>;

const everythingOn: Partial<DocumentedProps> = {
  approvers: ['sre@shop.example', 'ana@shop.example', 'sre@shop.example'],
  promotionChecklist: ['Costs ${nothing} and 5 %{percent}', 'Says "yes" \\ no', 'Costs ${nothing} and 5 %{percent}'],
  artifactRegistry: 'europe-docker.pkg.dev/shop-images/releases/shop',
  configRepository: 'https://github.com/shop/"config".git',
  databaseMigrationStrategy: 'incremental',
  notificationChannels: [channel],
  promotionNotificationChannels: ['releases@shop.example', channel, 'https://hooks.shop.example/x@y', `${channel}2`],
  sourceDbConnection: 'projects/shop-prod/secrets/source',
  targetDbConnection: 'projects/shop-data/secrets/target/versions/2',
  featureFlagApiKey: 'projects/shop-prod/secrets/flags',
  rollbackTimeout: 600,
  enableCanaryPromotion: true,
  canaryPromotionPercentage: 25,
  canaryPromotionDuration: 30,
  promotionMetricsRetentionDays: 10,
  promotionLogsRetentionDays: 20,
  promotionAuditRetentionDays: 30,
};

const rulesFile = path.join(import.meta.dirname, 'module-rules.yaml');
const argoCdRulesFile = path.join(import.meta.dirname, 'module-rules-by-argo-cd.yaml');

/** Where the module is, seen from a folder: what is named absolutely, Terraform copies. */
const from = (folder: StackFolder): string => path.relative(folder.path, module.path);

/** Those switches that decide about resources; of the others, rules alone are made (see the last of these tests). */
const switchesOfResources = [
  'enableFeatureFlagPromotion',
  'enablePromotionMetrics',
  'enablePromotionLogs',
  'enablePromotionNotifications',
  'enablePromotionAudit',
] as const;

/** Inputs by what they are about; each is planned by the module and by the construct. */
const cases: Readonly<Record<string, Partial<DocumentedProps>>> = {
  'the-defaults': {},
  'everything-on': everythingOn,
  'everything-off': everythingOff,
  ...Object.fromEntries(switchesOfResources.map((name) => [`without-${name}`, { ...everythingOn, [name]: false }])),
  'names-that-are-cut-and-flags-in-a-file': {
    featureFlagService: 'file',
    databaseMigrationStrategy: 'schema-first',
    kubernetesNamespace: `shop-${'x'.repeat(40)}-staging`,
    promotionNotificationChannels: ['releases@shop.example'],
    artifactRegistry: 'ghcr.io/x/eu-docker.pkg.dev',
  },
};

/** What the construct takes beyond the documented inputs, beside what the module calls it. */
const beyond: Readonly<Record<string, readonly [Partial<PromotionProcessProps>, Readonly<Record<string, unknown>>]>> = {
  'beyond-the-documented': [
    {
      kubernetesNamespace: '3d-shop',
      targetKubernetesNamespace: '3d-shop',
      targetDomainName: 'shop.example',
      region: 'europe-west1',
      image: `europe-west1-docker.pkg.dev/shop-prod/promotion/promotion@sha256:${'a'.repeat(64)}`,
      machineType: 'E2_HIGHCPU_8',
      deletionProtection: false,
      clusterAccess: { kind: 'connect-gateway', membership: 'projects/shop-prod/locations/global/memberships/shop' },
      argocdServer: 'argocd.shop.example',
      viewers: ['group:sre@shop.example'],
      publicHooks: false,
    },
    {
      target_kubernetes_namespace: '3d-shop',
      target_domain_name: 'shop.example',
      region: 'europe-west1',
      image: `europe-west1-docker.pkg.dev/shop-prod/promotion/promotion@sha256:${'a'.repeat(64)}`,
      machine_type: 'E2_HIGHCPU_8',
      deletion_protection: false,
      cluster_membership: 'projects/shop-prod/locations/global/memberships/shop',
      argocd_server: 'argocd.shop.example',
      viewers: ['group:sre@shop.example'],
      public_hooks: false,
    },
  ],
  'rules-of-a-file': [
    {
      ...everythingOn,
      // The document itself: what is read from a file has defaults filled in, which Terraform leaves to the engine.
      rules: parse(readFileSync(rulesFile, 'utf8')) as RulesInput,
      environment: 'dev',
      targetEnvironment: 'prod',
      kubernetesNamespace: 'till',
      domainName: 'till.example',
      clusterAccess: { kind: 'dns-endpoint', endpoint: 'gke-1.us-central1.gke.goog' },
    },
    { rules_file: rulesFile, cluster_dns_endpoint: 'gke-1.us-central1.gke.goog' },
  ],
  'rules-of-a-file-by-argo-cd': [
    {
      rules: parse(readFileSync(argoCdRulesFile, 'utf8')) as RulesInput,
      environment: 'dev',
      targetEnvironment: 'prod',
      kubernetesNamespace: 'till-dev',
      domainName: 'dev.till.example',
    },
    { rules_file: argoCdRulesFile },
  ],
};

const everyCase = [
  ...Object.entries(cases).map(([name, props]) => ({ name, props, more: {} })),
  ...Object.entries(beyond).map(([name, [props, more]]) => ({ name, props, more })),
].map(({ name, props, more }, index) => ({
  name,
  props: { ...sevenInputs, gcpProjectId: `shop-case-${String(index)}`, dbMigrationFunctionSource: archive, ...props },
  more,
}));

/** A plan without validating beforehand, which planning does again: with so many calls that is half of the time. */
async function planned(folder: string): Promise<SavedPlan> {
  await terraform.init(folder);
  const plan = await terraform.plan(folder);
  if ('errors' in plan) throw new Error(inWords(plan.errors));
  return plan;
}

describe('the module', () => {
  it('plans what the construct plans, resource for resource and output for output', async () => {
    await using folder = await StackFolder.make();
    const place = folder.synth((app: App) => {
      const stack = stackIn(app, 'constructs');
      for (const { name, props } of everyCase) new PromotionProcess(stack, name, props);
    });
    await writeRoot(
      folder.path,
      everyCase.map(({ name, props, more }) => [name, { source: from(folder), ...asVariables(props), ...more }]),
      everyCase.flatMap(({ name }) =>
        Object.keys(documentedOutputs).map((output) => [
          `${name.replaceAll('-', '_')}_${output}`,
          `\${module.${name}.${output}}`,
        ]),
      ),
    );
    const ofModule = await planned(folder.path);
    const ofConstruct = await planned(place('constructs'));
    for (const { name } of everyCase) {
      const expected = plannedBy(name, ofConstruct.changes);
      expect(Object.keys(expected).length).toBeGreaterThan(50);
      expect(plannedBy(name, ofModule.changes)).toEqual(expected);
    }
    expect(Object.keys(ofModule.outputs)).toHaveLength(everyCase.length * Object.keys(documentedOutputs).length);
    expect(comparable(ofModule.outputs)).toEqual(comparable(ofConstruct.outputs));
  });

  it('makes of the other switches rules and outputs alone', async () => {
    const main = JSON.parse(await readFile(path.join(module.path, 'main.tf.json'), 'utf8')) as {
      readonly locals: { readonly promotion_rules: string };
      readonly resource: object;
    };
    const { promotion_rules: rules, ...locals } = main.locals;
    for (const name of ['approval_required', 'enable_rollback', 'enable_canary_promotion']) {
      expect(rules).toContain(`var.${name}`);
      expect(JSON.stringify([main.resource, locals])).not.toContain(`var.${name}`);
    }
  });

  it('is called as its document shows it, word by word, and brings its own archive', async () => {
    await using folder = await StackFolder.make();
    const root = path.join(folder.path, 'environments', 'prod');
    await mkdir(root, { recursive: true });
    await cp(module.path, path.join(folder.path, 'modules', 'promotion_process'), { recursive: true });
    await cp(path.join(import.meta.dirname, 'module-example.tf'), path.join(root, 'main.tf'));
    const { changes } = await terraform.accept(root);
    const archived = changes.find(({ address }) => address.includes('source-object'))?.change.after;
    expect(archived).toMatchObject({ source: '../../modules/promotion_process/functions/db_migration.zip' });
    const namespace = changes.find(({ type }) => type === 'kubernetes_namespace_v1')?.change.after;
    expect(namespace).toMatchObject({ metadata: [{ name: 'varai-staging-to-prod-promotion' }] });
  });

  it('is called for each of several pairs', async () => {
    await using folder = await StackFolder.make();
    const source = { source: from(folder), for_each: '${toset(["dev", "staging"])}' };
    const each = {
      ...asVariables(sevenInputs),
      environment: '${each.key}',
      kubernetes_namespace: 'shop-${each.key}',
      domain_name: '${each.key}.shop.example',
      enable_promotion_metrics: '${each.key == "staging"}',
    };
    await writeRoot(folder.path, [['pair', { ...source, ...each }]]);
    const { changes } = await terraform.accept(folder.path);
    const dashboards = changes.filter(({ type }) => type === 'google_monitoring_dashboard');
    expect(dashboards.map(({ address }) => address.split('.')[1])).toEqual(['pair["staging"]']);
    const services = changes.filter(({ type }) => type === 'google_cloud_run_v2_service');
    expect(services.map(({ change }) => change.after?.['name'])).toEqual(
      ['dev', 'staging'].flatMap((name) => ['hooks', 'ui', 'worker'].map((each) => `shop-${name}-to-prod-${each}`)),
    );
  });
});

describe('secrets of the module', () => {
  it('are written as those of the construct are, and are in no saved plan', async () => {
    await using folder = await StackFolder.make();
    const names = ['source_db_connection', 'target_db_connection', 'feature_flag_api_key'] as const;
    const place = folder.synth((app: App) => {
      const stack = stackIn(app, 'construct');
      const [source, target, key] = names.map((name) => new EphemeralSecret(stack, name)) as [
        EphemeralSecret,
        EphemeralSecret,
        EphemeralSecret,
      ];
      new PromotionProcess(stack, 'shop', {
        ...sevenInputs,
        dbMigrationFunctionSource: archive,
        sourceDbConnection: source,
        targetDbConnection: target,
        featureFlagApiKey: key,
      });
    });
    const inputs = { ...sevenInputs, dbMigrationFunctionSource: archive };
    const given = names.flatMap((name) => [
      [name, `\${var.${name}}`],
      [`${name}_revision`, 1],
    ]);
    await writeRoot(
      folder.path,
      [['shop', { source: from(folder), ...asVariables(inputs), ...Object.fromEntries(given) }]],
      [],
      Object.fromEntries(names.map((name) => [name, { type: 'string', ephemeral: true }])),
    );
    const values = Object.fromEntries(names.map((name) => [name, canary]));
    const ofModule = await terraform.accept(folder.path, values);
    const ofConstruct = await terraform.accept(place('construct'), values);
    expect(plannedBy('shop', ofModule.changes)).toEqual(plannedBy('shop', ofConstruct.changes));
    expect(ofModule.contents).toContain('source_db_connection');
    expect(ofModule.contents).not.toContain('canary-of-a-password');
  });
});
