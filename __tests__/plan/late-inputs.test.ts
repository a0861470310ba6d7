import path from 'node:path';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { documentedClaims } from '../../constructs/inputs/check-documented.ts';
import { problemsOf } from '../../constructs/inputs/claims.ts';
import { effectiveInputs } from '../../constructs/inputs/effective-inputs.ts';
import { rulesOfInputs } from '../../constructs/inputs/rules-of-inputs.ts';
import { rulesText } from '../../constructs/inputs/rules-text.ts';
import type { Decidable } from '../../constructs/conditions/condition.ts';
import { ControlPlaneNames, pairName, PairNames } from '../../constructs/naming/names.ts';
import { targetOfInputs } from '../../constructs/pair/target-of-inputs.ts';
import type { PromotionProcessProps } from '../../constructs/promotion-process-props.ts';
import { sevenInputs } from '../constructs/seven-inputs.ts';
import { asVariables, comparable, writeRoot, writeTeller } from './called-module.ts';
import { StackFolder } from './sample-stack.ts';
import { inWords, Terraform } from './terraform.ts';

jest.setTimeout(300_000);

/** What is made of inputs, by whoever knows them. */
function madeOf(props: Decidable<PromotionProcessProps>): Readonly<Record<string, string>> {
  const target = targetOfInputs(props, undefined);
  const rules = rulesOfInputs(effectiveInputs(props), target);
  const pair = pairName(props.kubernetesNamespace, props.targetEnvironment);
  const plane = new ControlPlaneNames(props.gcpProjectId, pair);
  const names = new PairNames(props.gcpProjectId, pair);
  return {
    rules: rules.ok ? rulesText(rules.document) : JSON.stringify(rules.problems),
    target: `${target.namespace} ${target.domain}`,
    services: `${plane.service('ui')} ${plane.service('worker')} ${plane.migrationFunction}`,
    accounts: `${plane.accountId('runner')} ${plane.accountId('migration')}`,
    ofPlane: `${plane.trigger} ${plane.runTopic} ${plane.stateInstance} ${plane.auditBucket} ${plane.metric('x')}`,
    ofPair: `${names.promotionNamespace} ${names.artifactBucket} ${names.eventTopic} ${names.healthCheckJob}`,
  };
}

const environment = fc.constantFrom('staging', 's', 'a-b', '3d', 'goog', 'x'.repeat(40));
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.constantFrom('${a}', '%{b}', 'Says "yes" \\ no', '<&>', '$1 $${x}', 'é 漢 \u2028'),
);
const address = fc.constantFrom(
  'projects/p/notificationChannels/1',
  'projects/p/notificationChannels/2',
  'releases@shop.example',
  'https://hooks.shop.example/x@y',
);
const channel = fc.constantFrom('projects/p/notificationChannels/1', 'projects/p/notificationChannels/3');

/** A name in which the environment stands somewhere, or nowhere, or only within other words. */
function nameWith(word: string, separators: readonly string[]) {
  const parts = fc.constantFrom(word, 'shop', 'a', `${word}x`, `x${word}`, '3d', 'goog');
  return fc
    .array(fc.tuple(parts, fc.constantFrom(...separators)), { minLength: 1, maxLength: 4 })
    .map((all) => all.map(([part, separator], index) => (index === 0 ? part : separator + part)).join(''));
}

const switches = [
  'approvalRequired',
  'enableFeatureFlagPromotion',
  'enableRollback',
  'enableCanaryPromotion',
  'enablePromotionMetrics',
  'enablePromotionLogs',
  'enablePromotionNotifications',
  'enablePromotionAudit',
] as const;

const inputs: fc.Arbitrary<PromotionProcessProps> = environment.chain((from) =>
  fc
    .record({
      targetEnvironment: fc.constantFrom('prod', 'p', 'b-a', 'y'.repeat(30)),
      kubernetesNamespace: nameWith(from, ['-', '--']).filter((name) => name.length <= 63),
      domainName: nameWith(from, ['-', '.']).map((name) => `${name}.example`),
      gcpProjectId: fc.constantFrom('shop-prod', `p${'1'.repeat(28)}z`),
      configRepository: fc.constantFrom(sevenInputs.configRepository, 'git@github.com:shop/"a\\b".git'),
      artifactRegistry: fc.constantFrom('ghcr.io/shop', 'eu-docker.pkg.dev/p/r'),
      approvers: fc.array(fc.constantFrom('sre@shop.example', 'ana@shop.example'), { maxLength: 3 }),
      promotionChecklist: fc.array(
        text.filter((each) => /^[^\r\n]*\S[^\r\n]*$/.test(each)),
        { maxLength: 3 },
      ),
      notificationChannels: fc.array(channel, { maxLength: 3 }),
      promotionNotificationChannels: fc.array(address, { maxLength: 4 }),
      databaseMigrationStrategy: fc.constantFrom('blue-green', 'incremental', 'schema-first'),
      featureFlagService: fc.constantFrom('flagsmith', 'file', 'none'),
      featureFlagApiKey: fc.constantFrom('', 'projects/p/secrets/key'),
      connection: fc.constantFrom('', 'projects/p/secrets/database'),
      canaryPromotionDuration: fc.integer({ min: 1, max: 200 }),
      canaryPromotionPercentage: fc.integer({ min: 1, max: 99 }),
      rollbackTimeout: fc.integer({ min: 1, max: 1000 }),
      promotionLogsRetentionDays: fc.integer({ min: 1, max: 3650 }),
      ...(Object.fromEntries(switches.map((name) => [name, fc.boolean()])) as Record<
        (typeof switches)[number],
        fc.Arbitrary<boolean>
      >),
    })
    .map(({ connection, ...props }) => ({
      ...props,
      environment: from,
      sourceDbConnection: connection,
      targetDbConnection: connection,
      dbMigrationFunctionSource: 'functions/db_migration.zip',
      ...placesThatMustBeTold(from, props),
    }))
    .filter((props) => problemsOf(documentedClaims(props)).length === 0),
);

function placesThatMustBeTold(
  from: string,
  { kubernetesNamespace, domainName }: Pick<PromotionProcessProps, 'kubernetesNamespace' | 'domainName'>,
): Pick<PromotionProcessProps, 'targetKubernetesNamespace' | 'targetDomainName'> {
  const names = (name: string): boolean => new RegExp(`(?<=^|[.-])${from}(?=$|[.-])`).test(name);
  return {
    ...(names(kubernetesNamespace) ? {} : { targetKubernetesNamespace: kubernetesNamespace }),
    ...(names(domainName) ? {} : { targetDomainName: 'told.example' }),
  };
}

/** A text without expressions: what `literal` undoes. */
const asTerraformReads = (template: string): string => template.replaceAll('$${', '${').replaceAll('%%{', '%{');

describe('inputs that Terraform is told', () => {
  let terraform: Terraform;
  beforeAll(async () => {
    terraform = await Terraform.start();
  });
  afterAll(async () => {
    await terraform.stop();
  });

  it('become the names, places and rules that TypeScript makes of them', async () => {
    const samples = fc.sample(inputs, { numRuns: 60, seed: 7 });
    await using teller = await StackFolder.make();
    await using folder = await StackFolder.make();
    await writeTeller(teller.path, madeOf);
    const calls = samples.map((props, index) => {
      const { targetKubernetesNamespace = null, targetDomainName = null } = props;
      const places = { target_kubernetes_namespace: targetKubernetesNamespace, target_domain_name: targetDomainName };
      const source = path.relative(folder.path, teller.path);
      return [`case-${String(index)}`, { source, ...asVariables(props), ...places }] as const;
    });
    const told = samples.map((_, index) => [`case-${String(index)}`, `\${module.case-${String(index)}}`] as const);
    await writeRoot(folder.path, calls, told);
    await terraform.init(folder.path);
    const plan = await terraform.plan(folder.path);
    if ('errors' in plan) throw new Error(inWords(plan.errors));
    for (const [index, props] of samples.entries()) {
      const told = plan.outputs[`case-${String(index)}`] as { readonly value: unknown };
      const { rules = '', ...names } = madeOf(props);
      expect(comparable(told.value)).toEqual(comparable({ ...names, rules: asTerraformReads(rules) }));
    }
  });
});
