import fc from 'fast-check';
import { stringify } from 'yaml';
import { resolveEnvironment } from '../../../engine/rules/environment-targets.ts';
import type { PromotionInputsGiven } from '../../../engine/rules/inputs-schema.ts';
import { promotionInputsSchema } from '../../../engine/rules/inputs-schema.ts';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { rulesFromInputs } from '../../../engine/rules/rules-from-inputs.ts';
import type { Rules } from '../../../engine/rules/schema.ts';

const required = {
  environment: 'staging',
  targetEnvironment: 'prod',
  kubernetesNamespace: 'shop-staging',
  domainName: 'staging.shop.example',
  artifactRegistry: 'ghcr.io/shop',
  configRepository: 'https://github.com/shop/config.git',
  gcpProjectId: 'shop-prod',
} satisfies PromotionInputsGiven;

function rulesOf(inputs: PromotionInputsGiven): Rules {
  const compiled = rulesFromInputs(inputs);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const parsed = parseRules(stringify(compiled.document), 'f');
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.rules;
}

describe('the inputs of a pair', () => {
  it('are 31, seven of them required', () => {
    expect(Object.keys(promotionInputsSchema.shape)).toHaveLength(31);
    const missing = rulesFromInputs({});
    expect(missing.ok ? [] : missing.problems.map(({ input }) => input)).toEqual(
      Object.keys(required).toSorted(byInput),
    );
  });

  it('become rules with the documented defaults', () => {
    const rules = rulesOf(required);
    expect(rules.applications).toMatchObject([{ name: 'shop', services: [{ name: 'shop' }] }]);
    expect(rules.paths).toMatchObject([
      {
        from: 'staging',
        to: 'prod',
        approvals: { stages: [{ roles: ['approver'], people: [], minimumApprovals: 1 }] },
        checklist: [],
        database: { strategy: 'blue-green' },
        rollback: { enabled: true, timeoutSeconds: 300 },
        canary: { enabled: false, percentage: 10, durationSeconds: 3600 },
        autoPromote: false,
      },
    ]);
    expect(rules.retention).toMatchObject({ metricsDays: 90, logsDays: 30, auditDays: 365 });
    expect(rules.collect).toEqual({ metrics: true, logs: true, audit: true });
    expect(rules.notifications.enabled).toBe(true);
    expect(rules.cloud).toMatchObject({
      projectId: 'shop-prod',
      migrationFunctionSource: 'functions/db_migration.zip',
    });
  });

  it('give the target names of its own where the source carries its own', () => {
    const target = resolveEnvironment(rulesOf(required), 'shop', 'prod');
    expect(target.targets.deployment).toMatchObject({ namespace: 'shop-prod' });
    expect(target.services[0]?.healthUrl).toBe('https://prod.shop.example/health');
  });

  it('never let two environments of one namespace run the same workload', () => {
    const rules = rulesOf({ ...required, kubernetesNamespace: 'shop' });
    const [source, target] = ['staging', 'prod'].map((name) => resolveEnvironment(rules, 'shop', name).targets);
    expect(source?.deployment).not.toEqual(target?.deployment);
  });

  it('make the listed approvers one stage, of which one is enough', () => {
    const { paths } = rulesOf({ ...required, approvers: ['a@shop.example', 'b@shop.example'] });
    expect(paths[0]?.approvals.stages).toMatchObject([
      { people: ['a@shop.example', 'b@shop.example'], roles: [], minimumApprovals: 1 },
    ]);
    expect(rulesOf({ ...required, approvalRequired: false }).paths[0]?.approvals.stages).toEqual([]);
  });

  it('keep secrets out of the rules', () => {
    const secrets = {
      sourceDbConnection: 'postgres://u:s3cret@a/db',
      targetDbConnection: 'postgres://u:s3cret@b/db',
      featureFlagApiKey: 's3cret-key',
    };
    const rules = rulesOf({ ...required, ...secrets });
    expect(JSON.stringify(rules)).not.toContain('s3cret');
    expect(resolveEnvironment(rules, 'shop', 'prod').targets.database).toBe('shop-prod');
    expect(rules.paths[0]?.steps.leaveOut).toEqual([]);
  });

  it('leave out the steps that have nothing to do', () => {
    const { paths } = rulesOf({ ...required, enableFeatureFlagPromotion: false });
    expect(paths[0]?.steps.leaveOut).toEqual(['migrate-database', 'promote-flags']);
  });

  it('route alerts and promotion events to their channels', () => {
    const channel = 'projects/p/notificationChannels/1';
    const { notifications } = rulesOf({
      ...required,
      notificationChannels: [channel],
      promotionNotificationChannels: [channel, 'team@shop.example', 'https://hooks.example/x'],
    });
    expect(notifications.channels.map(({ kind }) => kind)).toEqual(['google-monitoring', 'email', 'webhook']);
    expect(notifications.routes).toMatchObject([
      { channels: ['channel-1'], severities: ['critical', 'high'] },
      { channels: ['channel-1', 'channel-2', 'channel-3'] },
    ]);
  });

  it('that are wrong are all told, with value and bound, and no secret', () => {
    const compiled = rulesFromInputs({
      ...required,
      targetEnvironmnt: 'prod',
      canaryPromotionPercentage: 140,
      approvers: ['sre@shop'],
      featureFlagApiKey: 12345,
      databaseMigrationStrategy: 'blue-gren',
    });
    expect(compiled).toEqual({
      ok: false,
      problems: expect.arrayContaining([
        { input: 'canaryPromotionPercentage', expected: 'at most 99', found: '140' },
        { input: 'approvers[0]', expected: 'an e-mail address', found: '"sre@shop"' },
        { input: 'featureFlagApiKey', expected: 'text', found: '(not shown)' },
        expect.objectContaining({ input: 'databaseMigrationStrategy', suggestion: 'blue-green' }),
        expect.objectContaining({ input: 'targetEnvironmnt', suggestion: 'targetEnvironment' }),
      ]) as unknown,
    });
  });

  it('into the environment they come from are refused', () => {
    const compiled = rulesFromInputs({ ...required, targetEnvironment: 'staging' });
    expect(compiled.ok ? [] : compiled.problems.map(({ input }) => input)).toEqual(['targetEnvironment']);
  });

  it('always become a document that parses, whatever is chosen', () => {
    const name = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
    const text = fc.string({ minLength: 1, maxLength: 12 });
    const inputs = fc.record(
      {
        environment: name,
        targetEnvironment: name,
        kubernetesNamespace: name,
        domainName: fc.domain(),
        artifactRegistry: fc.constant('ghcr.io/shop'),
        configRepository: fc.webUrl({ validSchemes: ['https'] }),
        gcpProjectId: fc.constant('shop-prod'),
        approvalRequired: fc.boolean(),
        approvers: fc.array(fc.constantFrom('a@shop.example', 'b@shop.example'), { maxLength: 3 }),
        promotionChecklist: fc.array(text, { maxLength: 3 }),
        databaseMigrationStrategy: fc.constantFrom('blue-green', 'incremental', 'schema-first'),
        sourceDbConnection: fc.string(),
        targetDbConnection: fc.string(),
        enableFeatureFlagPromotion: fc.boolean(),
        featureFlagService: fc.constantFrom('flagsmith', 'file', 'none'),
        enableRollback: fc.boolean(),
        rollbackTimeout: fc.integer({ min: 1, max: 10_000 }),
        enableCanaryPromotion: fc.boolean(),
        canaryPromotionPercentage: fc.integer({ min: 1, max: 99 }),
        canaryPromotionDuration: fc.integer({ min: 1, max: 100_000 }),
        enablePromotionAudit: fc.boolean(),
        promotionAuditRetentionDays: fc.integer({ min: 1, max: 3650 }),
      },
      { requiredKeys: Object.keys(required) as (keyof typeof required)[] },
    );
    fc.assert(
      fc.property(inputs, (given) => {
        fc.pre(given.environment !== given.targetEnvironment);
        fc.pre(promotionInputsSchema.safeParse(given).success);
        const { paths } = rulesOf(given);
        expect(paths[0]).toMatchObject({ from: given.environment, to: given.targetEnvironment });
        expect(paths[0]?.rollback.timeoutSeconds).toBe(given.rollbackTimeout ?? 300);
      }),
      { numRuns: 60 },
    );
  });
});

const order = Object.keys(promotionInputsSchema.shape);
function byInput(a: string, b: string): number {
  return order.indexOf(a) - order.indexOf(b);
}
