import { jest } from '@jest/globals';
import type { App } from 'cdktf';
import type { PromotionProcessProps } from '../../constructs/promotion-process-props.ts';
import { PromotionProcess } from '../../constructs/promotion-process.ts';
import { sevenInputs } from '../constructs/seven-inputs.ts';
import { functionArchive, stackIn } from '../constructs/synthesise.ts';
import { StackFolder } from './sample-stack.ts';
import { Terraform, type SavedPlan } from './terraform.ts';

jest.setTimeout(300_000);

const archive = functionArchive();
let terraform: Terraform;
beforeAll(async () => {
  terraform = await Terraform.start();
});
afterAll(async () => {
  await terraform.stop();
});

async function planOf(props: Partial<PromotionProcessProps>): Promise<SavedPlan> {
  await using folder = await StackFolder.make();
  const stack = folder.synth((app: App) => {
    const inputs = { ...sevenInputs, dbMigrationFunctionSource: archive, ...props };
    new PromotionProcess(stackIn(app, 'staging-to-prod'), 'promotion', inputs);
  });
  return await terraform.accept(stack('staging-to-prod'));
}

/** The documented inputs that have a default, each as it is by default. */
const everyDefault = {
  approvalRequired: true,
  approvers: [],
  promotionChecklist: [],
  databaseMigrationStrategy: 'blue-green',
  notificationChannels: [],
  sourceDbConnection: '',
  targetDbConnection: '',
  enableFeatureFlagPromotion: true,
  featureFlagService: 'flagsmith',
  featureFlagApiKey: '',
  enableRollback: true,
  rollbackTimeout: 300,
  enableCanaryPromotion: false,
  canaryPromotionPercentage: 10,
  canaryPromotionDuration: 3600,
  enablePromotionMetrics: true,
  promotionMetricsRetentionDays: 90,
  enablePromotionLogs: true,
  promotionLogsRetentionDays: 30,
  enablePromotionNotifications: true,
  promotionNotificationChannels: [],
  enablePromotionAudit: true,
  promotionAuditRetentionDays: 365,
} satisfies Partial<PromotionProcessProps>;

const namesOf = ({ changes }: SavedPlan, type: string): readonly unknown[] =>
  changes.filter((each) => each.type === type).map(({ change }) => change.after?.['name']);

describe('inputs that say what is so anyway', () => {
  it('plan exactly what the seven required ones plan', async () => {
    const [seven, all] = [await planOf({}), await planOf(everyDefault)];
    expect(all.changes).toEqual(seven.changes);
    expect(all.outputs).toEqual(seven.outputs);
  });
});

describe('what an installation is called', () => {
  it('depends on the inputs alone: a second app plans the same names', async () => {
    const [first, second] = [await planOf({}), await planOf({})];
    for (const type of ['google_storage_bucket', 'google_cloud_run_v2_service', 'google_service_account']) {
      expect(namesOf(second, type)).toEqual(namesOf(first, type));
    }
    expect(second.changes).toEqual(first.changes);
  });
});

describe('Identity-Aware Proxy', () => {
  it('is planned through google-beta for the UI alone, and lets its people in there', async () => {
    const plan = await planOf({
      identity: { kind: 'iap', audience: '/projects/1/locations/us-central1/services/ui' },
      viewers: ['group:sre@shop.example'],
    });
    const services = plan.changes.filter(({ type }) => type === 'google_cloud_run_v2_service');
    const behindProxy = services.filter(({ change }) => change.after?.['iap_enabled'] === true);
    expect(services).toHaveLength(3);
    expect(behindProxy.map(({ change }) => change.after?.['name'])).toEqual([expect.stringMatching(/-ui$/)]);
    const letIn = plan.changes.filter(({ type }) => type === 'google_iap_web_cloud_run_service_iam_member');
    expect(letIn.map(({ change }) => change.after?.['member'])).toEqual(['group:sre@shop.example']);
  });
});
