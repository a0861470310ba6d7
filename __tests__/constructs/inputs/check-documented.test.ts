import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { documentedClaims, documentedWarnings } from '../../../constructs/inputs/check-documented.ts';
import { problemsOf, renderProblems } from '../../../constructs/inputs/claims.ts';
import type { DocumentedProps } from '../../../constructs/inputs/documented-props.ts';
import { EphemeralSecret } from '../../../constructs/inputs/secret-input.ts';
import { sevenInputs } from '../seven-inputs.ts';

const problems = (inputs: object) => problemsOf(documentedClaims({ ...sevenInputs, ...inputs }));
const stack = () => new TerraformStack(Testing.app(), 'stack');

/** The block that the module's document shows. */
const seedBlock: DocumentedProps = {
  environment: 'staging',
  targetEnvironment: 'prod',
  kubernetesNamespace: 'varai-staging',
  domainName: 'staging.varai.ai',
  approvalRequired: true,
  approvers: ['devops@varai.ai', 'product@varai.ai'],
  promotionChecklist: [
    'All tests passing',
    'Performance metrics within thresholds',
    'Security scan passed',
    'Manual QA approval',
    'Product owner approval',
  ],
  artifactRegistry: 'ghcr.io/varai',
  configRepository: 'https://github.com/varai/config.git',
  databaseMigrationStrategy: 'blue-green',
  notificationChannels: ['projects/your-gcp-project-id/notificationChannels/your-notification-channel-id'],
  gcpProjectId: 'your-gcp-project-id',
};

describe('the check of the documented inputs', () => {
  it('lets the seven required ones pass, and the block of the module’s document', () => {
    expect(problems({})).toEqual([]);
    expect(problemsOf(documentedClaims(seedBlock))).toEqual([]);
  });

  it('tells every missing one at once', () => {
    const told = problemsOf(documentedClaims({ environment: undefined } as unknown as DocumentedProps));
    expect(
      told
        .filter(({ found }) => found === 'missing')
        .map(({ input }) => input)
        .toSorted(),
    ).toEqual(Object.keys(sevenInputs).toSorted());
  });

  it.each([
    ['environment', 'Staging'],
    ['environment', 'a'.repeat(64)],
    ['targetEnvironment', 'prod-'],
    ['targetEnvironment', 'staging'],
    ['kubernetesNamespace', 'shop_staging'],
    ['kubernetesNamespace', 'a'.repeat(64)],
    ['domainName', 'shop'],
    ['domainName', 'https://shop.example'],
    ['domainName', '-shop.example'],
    ['approvalRequired', 'yes'],
    ['approvers[0]', ['sre@shop']],
    ['approvers[1]', ['sre@shop.example', 'sre']],
    ['approvers', 'sre@shop.example'],
    ['promotionChecklist[0]', ['']],
    ['promotionChecklist[0]', ['two\nlines']],
    ['artifactRegistry', 'https://ghcr.io/shop'],
    ['artifactRegistry', 'ghcr.io/shop:v1'],
    ['artifactRegistry', ''],
    ['configRepository', 'github.com/shop/config'],
    ['configRepository', 'https://user:pass@github.com/shop/config.git'],
    ['databaseMigrationStrategy', 'bluegreen'],
    ['notificationChannels[0]', ['1234567890']],
    ['notificationChannels[0]', ['projects/p/notificationChannels/']],
    ['dbMigrationFunctionSource', ''],
    ['dbMigrationFunctionSource', 'functions/db-migration'],
    ['gcpProjectId', 'shop'],
    ['gcpProjectId', 'Shop-Prod'],
    ['gcpProjectId', '123456'],
    ['featureFlagService', 'launchdarkly'],
    ['rollbackTimeout', 0],
    ['rollbackTimeout', 1.5],
    ['rollbackTimeout', '300'],
    ['canaryPromotionPercentage', 0],
    ['canaryPromotionPercentage', 100],
    ['canaryPromotionPercentage', Number.NaN],
    ['canaryPromotionDuration', 0],
    ['promotionMetricsRetentionDays', 0],
    ['promotionMetricsRetentionDays', 36_501],
    ['promotionLogsRetentionDays', 3651],
    ['promotionAuditRetentionDays', 36_501],
    ['promotionNotificationChannels[0]', ['http://hooks.example']],
    ['enablePromotionAudit', 1],
  ])('refuses %s being %j', (label, value) => {
    const input = label.replace(/\[\d+\]$/, '');
    const told = problems({ enableCanaryPromotion: true, [input]: value });
    expect(told.map((problem) => problem.input)).toEqual([label]);
  });

  it.each([
    ['rollbackTimeout', 1],
    ['canaryPromotionPercentage', 1],
    ['canaryPromotionPercentage', 99],
    ['promotionLogsRetentionDays', 3650],
    ['promotionAuditRetentionDays', 36_500],
    ['artifactRegistry', 'localhost:5000'],
    ['artifactRegistry', 'us-central1-docker.pkg.dev/shop-prod/images'],
    ['configRepository', 'git@github.com:shop/config.git'],
    ['configRepository', 'ssh://git@github.com/shop/config.git'],
    ['promotionNotificationChannels', ['projects/p/notificationChannels/1', 'a@b.example', 'https://hooks.example/x']],
    ['kubernetesNamespace', 'a'.repeat(63)],
  ])('accepts %s being %j', (input, value) => {
    expect(problems({ enableCanaryPromotion: true, [input]: value })).toEqual([]);
  });

  it('refuses one connection without the other, naming the one that lacks', () => {
    const connection = 'projects/shop-prod/secrets/database';
    expect(problems({ sourceDbConnection: connection }).map(({ input }) => input)).toEqual(['targetDbConnection']);
    expect(problems({ targetDbConnection: connection }).map(({ input }) => input)).toEqual(['sourceDbConnection']);
    expect(problems({ sourceDbConnection: connection, targetDbConnection: connection })).toEqual([]);
  });

  it('refuses the settings of a canary that nobody switched on or off', () => {
    expect(problems({ canaryPromotionPercentage: 20 }).map(({ input }) => input)).toEqual([
      'canaryPromotionPercentage',
    ]);
    expect(problems({ canaryPromotionPercentage: 20, enableCanaryPromotion: false })).toEqual([]);
  });

  it('refuses a secret’s value without repeating it, and says how it is done right', () => {
    const told = problems({ featureFlagApiKey: 'ser.hunter2' });
    expect(told).toMatchObject([{ input: 'featureFlagApiKey', found: '(not shown)' }]);
    expect(told[0]?.expected).toContain('projects/<project>/secrets/<name>');
    expect(told[0]?.expected).toContain('new EphemeralSecret(');
    expect(JSON.stringify(told)).not.toContain('hunter2');
  });

  it.each([
    ['configRepository', 'https://bob:hunter2@github.com/x'],
    ['configRepository', 'bob:hunter2@github.com'],
    ['artifactRegistry', 'https://bob:hunter2@ghcr.io/shop'],
    ['promotionNotificationChannels', ['https://bob:hunter2@hooks.example']],
  ])('refuses %s with a password without repeating it', (input, value) => {
    const told = problems({ [input]: value });
    expect(told).toMatchObject([{ found: '(not shown)' }]);
    expect(JSON.stringify(told)).not.toContain('hunter2');
  });

  it('tells a refused address that has no password in it', () => {
    expect(problems({ configRepository: 'github.com/shop/config' })).toMatchObject([
      { found: '"github.com/shop/config"' },
    ]);
  });

  it('does not judge what is known at apply only', () => {
    const scope = stack();
    const text = new TerraformVariable(scope, 'text', {}).stringValue;
    const number = new TerraformVariable(scope, 'number', {}).numberValue;
    const list = new TerraformVariable(scope, 'list', {}).listValue;
    const inputs = {
      environment: text,
      gcpProjectId: text,
      domainName: `staging.${text}`,
      rollbackTimeout: number,
      notificationChannels: [text],
    };
    expect(problems(inputs)).toEqual([]);
    // The rules are made at synth, and name each approver.
    expect(problems({ approvers: list })).toMatchObject([{ input: 'approvers', found: 'known at apply only' }]);
  });

  it('refuses a switch that is known at apply only, unless Terraform decides', () => {
    const scope = stack();
    const isOn = new TerraformVariable(scope, 'is_on', { type: 'bool' }).booleanValue;
    const list = new TerraformVariable(scope, 'list', {}).listValue;
    const late = { ...sevenInputs, enablePromotionAudit: isOn, approvers: list };
    expect(problemsOf(documentedClaims(late))).toMatchObject([
      { input: 'approvers', found: 'known at apply only' },
      { input: 'enablePromotionAudit', found: 'known at apply only', expected: 'must be known at synth' },
    ]);
    expect(problemsOf(documentedClaims(late, 'terraform'))).toEqual([]);
  });

  it('refuses a secret that is known at apply only as text: it may be the value', () => {
    const scope = stack();
    const text = new TerraformVariable(scope, 'text', {}).stringValue;
    expect(problems({ featureFlagApiKey: text }).map(({ input }) => input)).toEqual(['featureFlagApiKey']);
    expect(problems({ featureFlagApiKey: { secret: text } })).toEqual([]);
    expect(problems({ featureFlagApiKey: new EphemeralSecret(scope, 'key') })).toEqual([]);
  });

  it('warns of a wait without approvers, of flags without a key and of a canary without a way back', () => {
    expect(documentedWarnings(sevenInputs).map((text) => text.split(' ')[0])).toEqual([
      'approvers',
      'featureFlagApiKey',
    ]);
    expect(documentedWarnings({ ...seedBlock, enableFeatureFlagPromotion: false })).toEqual([]);
    const canary = {
      ...seedBlock,
      enableFeatureFlagPromotion: false,
      enableCanaryPromotion: true,
      enableRollback: false,
    };
    expect(documentedWarnings(canary)).toHaveLength(1);
  });
});

describe('the message', () => {
  it('has the construct’s path, and each problem with its value and its bound, aligned', () => {
    const told = problems({ enableCanaryPromotion: true, canaryPromotionPercentage: 140, approvers: ['sre@shop'] });
    expect(renderProblems('shop/shop-staging-to-prod', told)).toBe(
      [
        'shop/shop-staging-to-prod: 2 problems',
        '  approvers[0]              is "sre@shop" must be an e-mail address',
        '  canaryPromotionPercentage is 140        must be between 1 and 99',
      ].join('\n'),
    );
  });

  it('counts one problem as one', () => {
    expect(renderProblems('a/b', problems({ gcpProjectId: 'x' }))).toMatch(/^a\/b: 1 problem\n/);
  });
});
