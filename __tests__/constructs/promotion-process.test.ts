import { Testing } from 'cdktf';
import { EphemeralSecret } from '../../constructs/inputs/secret-input.ts';
import { PromotionControlPlane } from '../../constructs/promotion-control-plane.ts';
import { PromotionProcess } from '../../constructs/promotion-process.ts';
import { documentedOutputs } from './documented-outputs.ts';
import { functionArchive, pair, stackIn, synthesised, type Synthesised } from './synthesise.ts';
import { sevenInputs } from './seven-inputs.ts';

describe('the seven required inputs', () => {
  const shop = pair();

  it('alone make an installation and a pair, with all documented outputs', () => {
    expect(Object.keys(shop.outputs).toSorted()).toEqual(documentedOutputs);
    expect(shop.counts).toMatchObject({
      google_cloud_run_v2_service: 3,
      google_cloudbuild_trigger: 1,
      google_cloudfunctions2_function: 1,
      google_cloud_scheduler_job: 2,
      google_monitoring_dashboard: 1,
      google_monitoring_alert_policy: 5,
      google_pubsub_subscription: 4,
      kubernetes_namespace_v1: 1,
      kubernetes_role_v1: 1,
      kubernetes_role_binding_v1: 1,
    });
  });

  it('have logical ids that stay: another id would destroy what is there', () => {
    expect(shop.ids).toMatchSnapshot();
  });

  it('read nothing while planning', () => {
    expect(shop.read).toEqual([]);
  });

  it('give every output a description and a value that is really there', () => {
    for (const [name, output] of Object.entries(shop.outputs)) {
      expect([name, output.description]).not.toContain(undefined);
      expect([name, output.value]).not.toContain(null);
    }
  });
});

describe('images in Artifact Registry', () => {
  it('are moved by the runner, which may write in their repository alone', () => {
    const shop = pair({ artifactRegistry: 'europe-docker.pkg.dev/shop-images/releases/shop' });
    expect(shop.one('google_artifact_registry_repository_iam_member', 'registry-writer')).toMatchObject({
      location: 'europe',
      project: 'shop-images',
      repository: 'releases',
      role: 'roles/artifactregistry.writer',
    });
    expect(pair().text).not.toContain('roles/artifactregistry.writer');
  });
});

describe('the UI', () => {
  const shop = pair();

  it('may read what promotions left, and change nothing of it', () => {
    expect(shop.grants.filter((grant) => grant.endsWith('storage_bucket artifacts'))).toEqual([
      'runner roles/storage.objectUser on storage_bucket artifacts',
      'ui roles/storage.objectViewer on storage_bucket artifacts',
      'worker roles/storage.objectUser on storage_bucket artifacts',
    ]);
  });

  it('is told the buckets of artifacts, and not the topics of events, which it may not publish to', () => {
    const ui = JSON.stringify(shop.one('google_cloud_run_v2_service', '_ui_'));
    expect(ui).toContain('PROMOTION_ARTIFACT_BUCKETS');
    expect(ui).not.toContain('PROMOTION_EVENT_TOPICS');
    expect(JSON.stringify(shop.one('google_cloud_run_v2_service', '_worker_'))).toContain('PROMOTION_EVENT_TOPICS');
    expect(JSON.stringify(shop.one('google_cloudbuild_trigger'))).toContain('PROMOTION_EVENT_TOPICS');
  });
});

describe('a target that Argo CD deploys to', () => {
  it('is one where the runner may only look', () => {
    const shop = pair({ rulesFile: 'promotion/promotion-rules.yaml' });
    expect(JSON.stringify(shop.one('kubernetes_role_v1'))).not.toContain('"patch"');
    expect(JSON.stringify(pair().one('kubernetes_role_v1'))).toContain('"patch"');
  });
});

describe('what is there already', () => {
  it('is used, and what is told of the project is read from no place while planning', () => {
    const shop = pair({
      existing: { artifactBucket: 'artifacts', eventTopic: 'events', promotionNamespace: 'platform' },
    });
    expect(shop.read).toEqual([]);
    expect(shop.outputs['promotion_artifacts_bucket']?.value).toBe('artifacts');
    expect(shop.outputs['promotion_notification_topic']?.value).toBe('projects/shop-prod/topics/events');
    expect(shop.outputs['promotion_namespace']?.value).toBe('platform');
    expect(shop.all('kubernetes_namespace_v1')).toEqual([]);
  });
});

describe('a team’s own identities', () => {
  it('are let in part by part, and only there', () => {
    const stack = stackIn(Testing.app());
    const shop = new PromotionProcess(stack, 'shop-staging-to-prod', {
      ...sevenInputs,
      dbMigrationFunctionSource: functionArchive(),
    });
    const ci = 'serviceAccount:ci@shop-prod.iam.gserviceaccount.com';
    shop.grantRequestRuns('ci', ci);
    shop.grantOpenUi('ci', ci);
    shop.grantConsumeEvents('ci', ci);
    shop.grantReadArtifacts('ci', ci);
    expect(synthesised(stack).grants.filter((grant) => grant.startsWith(ci))).toEqual([
      `${ci} roles/pubsub.publisher on pubsub_topic control-plane/run-topic`,
      `${ci} roles/pubsub.subscriber on pubsub_subscription notifications`,
      `${ci} roles/run.invoker on cloud_run_v2_service control-plane/ui`,
      `${ci} roles/storage.objectViewer on storage_bucket artifacts`,
    ]);
  });

  it('are refused where there is nothing of this stack to let them in to', () => {
    const stack = stackIn(Testing.app());
    const shop = new PromotionProcess(stack, 'pair', {
      ...sevenInputs,
      enablePromotionNotifications: false,
      controlPlane: PromotionControlPlane.named('shop-prod'),
      existing: { artifactBucket: 'artifacts' },
    });
    expect(() => {
      shop.grantRequestRuns('ci', 'user:ci@shop.example');
    }).toThrow(/shop\/pair: call grantRequestRuns on the control plane/);
    expect(() => {
      shop.grantConsumeEvents('ci', 'user:ci@shop.example');
    }).toThrow(/set enablePromotionNotifications/);
    expect(() => {
      shop.grantReadArtifacts('ci', 'user:ci@shop.example');
    }).toThrow(/grant it where it is made/);
  });
});

describe('inputs that cannot be', () => {
  it('are told all at once, at the construct’s path', () => {
    const refused = (): unknown =>
      pair({ enableCanaryPromotion: true, canaryPromotionPercentage: 140, approvers: ['sre@shop'], region: 'x' });
    expect(refused).toThrow(
      [
        'shop/shop-staging-to-prod: 3 problems',
        '  approvers[0]              is "sre@shop" must be an e-mail address',
        '  canaryPromotionPercentage is 140        must be between 1 and 99',
        '  region                    is "x"        must be a region of Google Cloud such as europe-west1',
      ].join('\n'),
    );
  });

  it('are all that is told: that there are no rules then is no problem of the control plane', () => {
    const refused = (): unknown => pair({ environment: 'Staging' });
    expect(refused).toThrow(/environment is "Staging"/);
    expect(refused).not.toThrow(/there is no pair/);
  });

  it('need the target’s place when the source’s does not name its environment', () => {
    const place = { kubernetesNamespace: 'shop', domainName: 'shop.example' };
    expect(() => pair(place)).toThrow(/targetKubernetesNamespace is missing must be given[^]*targetDomainName/);
    const given = pair({ ...place, targetKubernetesNamespace: 'shop-live', targetDomainName: 'live.shop.example' });
    expect(given.one('kubernetes_role_v1')['metadata']).toMatchObject({ namespace: 'shop-live' });
  });

  it('never have a secret’s value repeated', () => {
    const value = 'postgres://app:hunter2@db.shop.example/shop';
    const refused = (): unknown => pair({ sourceDbConnection: value, targetDbConnection: value });
    expect(refused).toThrow(/sourceDbConnection is \(not shown\) must be a reference/);
    expect(refused).not.toThrow(/hunter2/);
  });
});

describe('what is switched off', () => {
  const everything = pair();
  const difference = (props: Parameters<typeof pair>[0]): Readonly<Record<string, number>> => {
    const without = pair(props);
    const changes = Object.entries(everything.counts)
      .map(([type, count]) => [type, (without.counts[type] ?? 0) - count] as const)
      .filter(([, change]) => change !== 0);
    expect(Object.keys(without.outputs).toSorted()).toEqual(documentedOutputs);
    return Object.fromEntries(changes);
  };

  it('metrics: their definitions and the dashboard go; alerts read the lines and stay', () => {
    expect(difference({ enablePromotionMetrics: false })).toEqual({
      google_logging_metric: -5,
      google_monitoring_dashboard: -1,
    });
    expect(pair({ enablePromotionMetrics: false }).outputs['dashboard_url']?.value).toBeNull();
  });

  it('logs: the bucket and the sink go', () => {
    expect(difference({ enablePromotionLogs: false })).toEqual({
      google_logging_project_bucket_config: -1,
      google_logging_project_sink: -1,
    });
  });

  it('notifications: topic and subscription go, alerts and the run topic stay', () => {
    expect(difference({ enablePromotionNotifications: false })).toEqual({
      google_pubsub_subscription: -2,
      google_pubsub_subscription_iam_member: -1,
      google_pubsub_topic: -2,
      google_pubsub_topic_iam_member: -3,
    });
    const { outputs } = pair({ enablePromotionNotifications: false });
    expect(outputs['promotion_notification_topic']?.value).toBeNull();
    expect(outputs['promotion_notification_subscription']?.value).toBeNull();
  });

  it('audit: the archive goes; the trail is kept, or nothing could be promoted', () => {
    expect(difference({ enablePromotionAudit: false })).toEqual({
      google_storage_bucket: -1,
      google_storage_bucket_iam_member: -3,
    });
    expect(configOf(pair({ enablePromotionAudit: false }))).toMatchObject({ collect: { audit: true } });
  });

  it('rollback, canary, flags and approval: no resource goes, the rules say it', () => {
    const off = {
      enableRollback: false,
      enableCanaryPromotion: false,
      enableFeatureFlagPromotion: false,
      approvalRequired: false,
    };
    expect(difference(off)).toEqual({});
    expect(configOf(pair(off))).toMatchObject({
      paths: [{ rollback: { enabled: false }, canary: { enabled: false }, approvals: { stages: [] } }],
    });
  });
});

const configOf = (shop: Synthesised): unknown => JSON.parse(String(shop.outputs['promotion_config']?.value));

describe('secrets', () => {
  const reference = 'projects/shop-prod/secrets/shop-database';

  it('are mounted by reference, and only who needs one can read it', () => {
    const shop = pair({
      sourceDbConnection: reference,
      targetDbConnection: `${reference}/versions/3`,
      featureFlagApiKey: 'projects/keys/secrets/flagsmith',
    });
    expect(shop.one('google_cloudfunctions2_function')['service_config']).toMatchObject({
      secret_volumes: [
        { mount_path: '/secrets/databases/shop-staging', project_id: 'shop-prod', secret: 'shop-database' },
        { mount_path: '/secrets/databases/shop-prod', versions: [{ version: '3', path: 'url' }] },
      ],
    });
    expect(shop.one('google_cloudbuild_trigger')['build']).toMatchObject({
      available_secrets: {
        secret_manager: [
          { env: 'FEATURE_FLAG_API_KEY', version_name: 'projects/keys/secrets/flagsmith/versions/latest' },
        ],
      },
      step: [{ secret_env: ['FEATURE_FLAG_API_KEY'] }],
    });
    const readers = shop.all('google_secret_manager_secret_iam_member');
    expect(readers.map(({ secret_id, member }) => [secret_id, String(member).includes('migration')])).toEqual([
      ['shop-database', true],
      ['shop-database', true],
      ['flagsmith', false],
    ]);
    expect(configOf(shop)).toMatchObject({ paths: [{ steps: { leaveOut: [] } }] });
  });

  it('of ephemeral variables are written without being kept', () => {
    const stack = stackIn(Testing.app());
    new PromotionProcess(stack, 'shop-staging-to-prod', {
      ...sevenInputs,
      dbMigrationFunctionSource: functionArchive(),
      sourceDbConnection: new EphemeralSecret(stack, 'source_db_connection'),
      targetDbConnection: new EphemeralSecret(stack, 'target_db_connection', 2),
    });
    const shop = synthesised(stack);
    const versions = shop.all('google_secret_manager_secret_version');
    expect(new Map(versions.map((each) => [each['secret_data_wo'], each['secret_data_wo_version']]))).toEqual(
      new Map([
        ['${var.source_db_connection}', 1],
        ['${var.target_db_connection}', 2],
      ]),
    );
    // The write-only argument is the one place that refers to them.
    expect(shop.text.match(/var\.(source|target)_db_connection/g)).toHaveLength(2);
    expect(shop.text).not.toContain('"secret_data":');
  });
});
