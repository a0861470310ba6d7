import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { jest } from '@jest/globals';
import type { App } from 'cdktf';
import { problemsOf } from '../../constructs/inputs/claims.ts';
import { documentedClaims } from '../../constructs/inputs/check-documented.ts';
import { variableNames } from '../../constructs/inputs/documented-inputs.ts';
import type { DocumentedProps } from '../../constructs/inputs/documented-props.ts';
import { EphemeralSecret } from '../../constructs/inputs/secret-input.ts';
import { PromotionProcess } from '../../constructs/promotion-process.ts';
import { documentedOutputs } from '../../constructs/outputs.ts';
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

/** Where the module is, seen from a folder: what is named absolutely, Terraform copies. */
const from = (folder: StackFolder): string => path.relative(folder.path, module.path);

/** Inputs by what they are about; each is planned by the module and by the construct. */
const cases: Readonly<Record<string, Partial<DocumentedProps>>> = {
  'the-defaults': {},
  'everything-on': everythingOn,
  'everything-off': everythingOff,
  ...Object.fromEntries(
    Object.keys(everythingOff).map((name) => [`without-${name}`, { ...everythingOn, [name]: false }]),
  ),
  'no-approvers': { ...everythingOn, approvers: [], promotionChecklist: [], featureFlagService: 'none' },
  'names-that-are-cut-and-flags-in-a-file': {
    featureFlagService: 'file',
    databaseMigrationStrategy: 'schema-first',
    kubernetesNamespace: `shop-${'x'.repeat(40)}-staging`,
    promotionNotificationChannels: ['releases@shop.example'],
  },
  'names-that-begin-with-a-digit': {
    kubernetesNamespace: '3d-staging',
    artifactRegistry: 'ghcr.io/x/eu-docker.pkg.dev',
  },
};

const everyCase = Object.entries(cases).map(([name, props], index) => ({
  name,
  props: { ...sevenInputs, gcpProjectId: `shop-case-${String(index)}`, dbMigrationFunctionSource: archive, ...props },
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
      everyCase.map(({ name, props }) => [name, { source: from(folder), ...asVariables(props) }]),
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

describe('inputs that cannot be', () => {
  const wrong: readonly Partial<DocumentedProps>[] = [
    { environment: 'Staging' },
    { kubernetesNamespace: 'shop_staging' },
    { kubernetesNamespace: `${'a'.repeat(57)}-staging` },
    { domainName: 'https://staging.shop.example' },
    { approvers: ['sre@shop.example', 'sre@shop', 'ana'] },
    { promotionChecklist: ['', 'two\nlines'] },
    { artifactRegistry: 'ghcr.io/shop:v1' },
    { configRepository: 'https://user:pass@github.com/shop/config.git' },
    { databaseMigrationStrategy: 'bluegreen' },
    { notificationChannels: ['1234567890'] },
    { dbMigrationFunctionSource: 'functions/db-migration' },
    { gcpProjectId: 'shop' },
    { featureFlagService: 'launchdarkly' },
    { rollbackTimeout: 0 },
    { enableCanaryPromotion: true, canaryPromotionPercentage: 140 },
    { enableCanaryPromotion: true, canaryPromotionDuration: 1.5 },
    { promotionMetricsRetentionDays: 36_501 },
    { promotionLogsRetentionDays: 3651 },
    { promotionAuditRetentionDays: 0 },
    { promotionNotificationChannels: ['http://hooks.example'] },
  ];
  const wrongTogether: readonly Partial<DocumentedProps>[] = [
    { targetEnvironment: 'staging' },
    { sourceDbConnection: 'projects/shop-prod/secrets/database' },
    { targetDbConnection: 'projects/shop-prod/secrets/database' },
  ];

  // Terraform looks at several inputs together only once each of them is well.
  it.each([
    ['on their own', wrong],
    ['together', wrongTogether],
  ])('%s are refused in the words that TypeScript has for them', async (_, some) => {
    const inputs = some.map((each) => ({ ...sevenInputs, ...each }));
    await using folder = await StackFolder.make();
    await writeRoot(
      folder.path,
      inputs.map((props, index) => [`case-${String(index)}`, { source: from(folder), ...asVariables(props) }]),
    );
    await terraform.init(folder.path);
    const plan = await terraform.plan(folder.path);
    const told = 'errors' in plan ? inWords(plan.errors) : 'it was planned';
    const problems = inputs.flatMap((props) => problemsOf(documentedClaims(props)));
    expect(problems.length).toBeGreaterThanOrEqual(some.length);
    for (const { input, found, expected } of problems) {
      const inHcl = expected.replace(/(source|target)DbConnection/, (name) => variableNames(name));
      expect(told).toContain(`${variableNames(input)} is ${found} ${inHcl}`);
    }
  });

  it('are refused where only the module has them', async () => {
    await using folder = await StackFolder.make();
    const calls: readonly (readonly [string, object])[] = [
      ['unannounced', { feature_flag_api_key: canary }],
      ['announced', { feature_flag_api_key_revision: 1 }],
      [
        'twice',
        {
          feature_flag_api_key: canary,
          feature_flag_api_key_revision: 1,
          feature_flag_api_key_secret: 'projects/p/secrets/s',
        },
      ],
      ['nowhere', { kubernetes_namespace: 'shop', domain_name: 'shop.example' }],
    ];
    await writeRoot(
      folder.path,
      calls.map(([name, more]) => [name, { source: from(folder), ...asVariables(sevenInputs), ...more }]),
    );
    await terraform.init(folder.path);
    const plan = await terraform.plan(folder.path);
    const told = 'errors' in plan ? inWords(plan.errors) : 'it was planned';
    for (const words of [
      'feature_flag_api_key_revision is 0 must be 1 or more when feature_flag_api_key is given',
      'feature_flag_api_key_revision is 1 must be 1 or more when feature_flag_api_key is given, and 0 when it is not',
      'feature_flag_api_key_revision is 1 must be 0 when feature_flag_api_key_secret is given',
      'target_kubernetes_namespace is missing must be given, since "shop" does not name "staging"',
      'target_domain_name is missing must be given, since "shop.example" does not name "staging"',
    ]) {
      expect(told).toContain(words);
    }
    expect(told).not.toContain('canary-of-a-password');
  });
});
