import path from 'node:path';
import { jest } from '@jest/globals';
import { documentedClaims } from '../../constructs/inputs/check-documented.ts';
import { problemsOf } from '../../constructs/inputs/claims.ts';
import { variableNames } from '../../constructs/inputs/documented-inputs.ts';
import type { DocumentedProps } from '../../constructs/inputs/documented-props.ts';
import { sevenInputs } from '../constructs/seven-inputs.ts';
import { asVariables, writeRoot, writeTeller } from './called-module.ts';
import { StackFolder } from './sample-stack.ts';
import { inWords, Terraform } from './terraform.ts';

jest.setTimeout(300_000);

const canary = 'postgres://app:canary-of-a-password@db.shop.example/shop';
const reference = 'projects/shop-prod/secrets/secret';
const membership = 'projects/shop-prod/locations/global/memberships/shop';
const rulesFile = path.join(import.meta.dirname, 'module-rules.yaml');

let terraform: Terraform;
let teller: StackFolder;
beforeAll(async () => {
  terraform = await Terraform.start();
  // Variables and their validations are the module's; no resource is planned anyway.
  teller = await StackFolder.make();
  await writeTeller(teller.path, () => ({}));
});
afterAll(async () => {
  await terraform.stop();
  await teller[Symbol.asyncDispose]();
});

/** What Terraform says of calls with the seven inputs and others, all at once. */
async function toldOf(calls: readonly object[]): Promise<string> {
  await using folder = await StackFolder.make();
  const source = path.relative(folder.path, teller.path);
  const named = calls.map(
    (more, index) => [`case-${String(index)}`, { source, ...asVariables(sevenInputs), ...more }] as const,
  );
  await writeRoot(folder.path, named);
  await terraform.init(folder.path);
  const plan = await terraform.plan(folder.path);
  return 'errors' in plan ? inWords(plan.errors) : 'it was planned';
}

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
    const told = await toldOf(inputs.map(asVariables));
    const problems = inputs.flatMap((props) => problemsOf(documentedClaims(props)));
    expect(problems.length).toBeGreaterThanOrEqual(some.length);
    for (const { input, found, expected } of problems) {
      const inHcl = expected.replace(/(source|target)DbConnection/, (name) => variableNames(name));
      expect(told).toContain(`${variableNames(input)} is ${found} ${inHcl}`);
    }
    expect(told).not.toContain('user:pass');
  });

  it('are refused where only the module has them', async () => {
    const told = await toldOf([
      { feature_flag_api_key: canary },
      { feature_flag_api_key_revision: 1 },
      { feature_flag_api_key: canary, feature_flag_api_key_revision: 1, feature_flag_api_key_secret: reference },
      { kubernetes_namespace: 'shop', domain_name: 'shop.example' },
      { rules_file: rulesFile },
      { cluster_membership: membership, cluster_dns_endpoint: 'gke-1.us-central1.gke.goog' },
    ]);
    for (const words of [
      'feature_flag_api_key_revision is 0 must be 1 or more when feature_flag_api_key is given',
      'feature_flag_api_key_revision is 1 must be 1 or more when feature_flag_api_key is given, and 0 when it is not',
      'feature_flag_api_key_revision is 1 must be 0 when feature_flag_api_key_secret is given',
      'target_kubernetes_namespace is missing and must be given, since "shop" does not name "staging"',
      'target_domain_name is missing and must be given, since "shop.example" does not name "staging"',
      'must have "staging" among its environments',
      'cluster_dns_endpoint is "gke-1.us-central1.gke.goog" must be left out when cluster_membership is given',
    ]) {
      expect(told).toContain(words);
    }
    expect(told).not.toContain('canary-of-a-password');
  });

  it('are refused on their own, where only the module has them', async () => {
    const told = await toldOf([
      { rules_file: 'nowhere.yaml' },
      { region: 'europe' },
      { feature_flag_api_key_secret: 'hunter2' },
      { db_migration_function_source: 'functions/other.zip' },
      { viewers: ['ana@shop.example'] },
    ]);
    for (const words of [
      'rules_file is "nowhere.yaml" must be a rules file that is there, with environments',
      'region is "europe" must be a region of Google Cloud',
      'feature_flag_api_key_secret is "hunter2" must be projects/<project>/secrets/<name>',
      'db_migration_function_source is "functions/other.zip" must be a file that is there',
      'viewers[0] is "ana@shop.example" must be as IAM names it',
    ]) {
      expect(told).toContain(words);
    }
  });
});
