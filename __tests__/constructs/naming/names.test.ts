import fc from 'fast-check';
import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { boundedName } from '../../../constructs/naming/bounded-name.ts';
import { literal } from '../../../constructs/naming/literal.ts';
import { ControlPlaneNames, nameLimits, pairName, PairNames } from '../../../constructs/naming/names.ts';

const shop = new ControlPlaneNames('shop-prod', 'promotion');
const pair = new PairNames('shop-prod', pairName('shop-staging', 'prod'));
const longest = { namespace: `n${'a'.repeat(61)}z`, target: `t${'b'.repeat(61)}z`, project: `p${'c'.repeat(28)}z` };

describe('names of an installation and of a pair', () => {
  it('are those that people recognise, and never change', () => {
    expect([
      shop.service('ui'),
      shop.service('worker'),
      shop.service('hooks'),
      shop.migrationFunction,
      shop.accountEmail('runner'),
      shop.accountEmail('caller'),
      shop.trigger,
      shop.runTopic,
      shop.hooksTopic,
      shop.tickJob,
      shop.stateInstance,
      shop.logBucket,
      shop.auditBucket,
      shop.suppliesBucket,
    ]).toEqual([
      'promotion-ui',
      'promotion-worker',
      'promotion-hooks',
      'promotion-migration',
      'promotion-runner@shop-prod.iam.gserviceaccount.com',
      'promotion-caller@shop-prod.iam.gserviceaccount.com',
      'promotion-run',
      'promotion-runs',
      'promotion-hooks',
      'promotion-tick',
      'promotion-state',
      'promotion-logs',
      'shop-prod-promotion-audit',
      'shop-prod-promotion-supplies',
    ]);
    expect([
      pair.promotionNamespace,
      pair.targetRole,
      pair.artifactBucket,
      pair.eventTopic,
      pair.deadLetterTopic,
      pair.healthCheckJob,
    ]).toEqual([
      'shop-staging-to-prod-promotion',
      'shop-staging-to-prod-promotion',
      'shop-prod-shop-staging-to-prod-artifacts',
      'shop-staging-to-prod-promotion-events',
      'shop-staging-to-prod-promotion-events-undelivered',
      'shop-staging-to-prod-promotion-health-check',
    ]);
  });

  it('fit what the services take, however long the inputs are', () => {
    const name = pairName(longest.namespace, longest.target);
    const plane = new ControlPlaneNames(longest.project, name);
    const names = new PairNames(longest.project, name);
    expect(names.promotionNamespace.length).toBeLessThanOrEqual(63);
    expect(names.artifactBucket.length).toBeLessThanOrEqual(63);
    for (const component of ['ui', 'worker', 'hooks', 'runner', 'migration', 'caller'] as const) {
      expect(plane.accountId(component)).toMatch(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/);
    }
    expect(new Set((['ui', 'worker', 'hooks'] as const).map((each) => plane.service(each))).size).toBe(3);
  });

  it('begin with a letter where a namespace does not, as accounts and topics must', () => {
    const plane = new ControlPlaneNames('shop-prod', pairName('3d-staging', 'prod'));
    expect(plane.accountId('ui')).toBe('p-3d-staging-to-prod-ui');
    expect(plane.runTopic).toBe('p-3d-staging-to-prod-runs');
    expect(new PairNames('shop-prod', '3d-staging-to-prod').promotionNamespace).toBe('3d-staging-to-prod-promotion');
    expect(new PairNames('shop-prod', '3d-staging-to-prod').eventTopic).toBe('p-3d-staging-to-prod-promotion-events');
  });

  it('have a limit of 6 to 30 for service accounts, as IAM has', () => {
    expect(nameLimits.serviceAccountId).toBe(30);
    expect(new ControlPlaneNames('shop-prod', pairName('a', 'b')).accountId('ui')).toBe('a-to-b-ui');
  });
});

describe('a name that is too long', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,150}[a-z0-9]$/);

  it('is cut to the limit, is the same every time, and ends in a letter or digit', () => {
    fc.assert(
      fc.property(name, fc.integer({ min: 20, max: 80 }), (text, limit) => {
        const bounded = boundedName(text, limit);
        expect(bounded.length).toBeLessThanOrEqual(limit);
        expect(bounded).toBe(boundedName(text, limit));
        expect(bounded).toMatch(/^[a-z][a-z0-9-]*[a-z0-9]$/);
        if (text.length <= limit) expect(bounded).toBe(text);
      }),
    );
  });

  it('stays different from another that begins the same', () => {
    expect(boundedName(`${'a'.repeat(70)}-one`, 30)).not.toBe(boundedName(`${'a'.repeat(70)}-two`, 30));
    expect(boundedName(`${'a'.repeat(70)}-one`, 30)).toBe('aaaaaaaaaaaaaaaaaaaaaaa-1a839b');
  });

  it('is cut by Terraform when it is known at apply only', () => {
    const stack = new TerraformStack(Testing.app(), 'stack');
    const namespace = new TerraformVariable(stack, 'namespace', {}).stringValue;
    new TerraformOutput(stack, 'name', { value: boundedName(`${namespace}-to-prod`, 30), staticId: true });
    expect(
      (JSON.parse(Testing.synth(stack)) as { output: { name: { value: string } } }).output.name.value,
    ).toMatchInlineSnapshot(
      `"\${(length(join("", [var.namespace, "-to-prod"])) <= 30) ? join("", [var.namespace, "-to-prod"]) : join("-", [replace(substr(join("", [var.namespace, "-to-prod"]), 0, 23), "/-+$/", ""), substr(sha256(join("", [var.namespace, "-to-prod"])), 0, 6)])}"`,
    );
  });
});

describe('a literal', () => {
  it('is read by Terraform as it is written', () => {
    expect(literal('a ${b} %{c} $d 5% {e}')).toBe('a $${b} %%{c} $d 5% {e}');
  });

  it('keeps tokens that stand in it', () => {
    const stack = new TerraformStack(Testing.app(), 'stack');
    const token = new TerraformVariable(stack, 'token', {}).stringValue;
    new TerraformOutput(stack, 'text', { value: literal('${x} ' + token), staticId: true });
    expect(Testing.synth(stack)).toContain('"value": "$${x} ${var.token}"');
  });
});
