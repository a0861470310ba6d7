import { controlPlane, functionArchive } from './synthesise.ts';

describe('an installation', () => {
  const plane = controlPlane();

  it('is made of these parts and no others', () => {
    expect(plane.counts).toEqual({
      google_artifact_registry_repository_iam_member: 1,
      google_cloud_run_v2_service: 3,
      google_cloud_run_v2_service_iam_member: 3,
      google_cloud_scheduler_job: 1,
      google_cloudbuild_trigger: 1,
      google_cloudfunctions2_function: 1,
      google_logging_metric: 5,
      google_logging_project_bucket_config: 1,
      google_logging_project_sink: 1,
      google_monitoring_alert_policy: 1,
      google_project_iam_member: 13,
      google_project_service: 12,
      google_pubsub_subscription: 2,
      google_pubsub_subscription_iam_member: 1,
      google_pubsub_topic: 3,
      google_pubsub_topic_iam_member: 4,
      google_service_account: 7,
      google_sql_database: 1,
      google_sql_database_instance: 1,
      google_sql_user: 3,
      google_storage_bucket: 2,
      google_storage_bucket_iam_member: 6,
      google_storage_bucket_object: 2,
    });
  });

  it('gives each component what it needs, on the resource where there is one, and nothing else', () => {
    expect(plane.grants).toMatchInlineSnapshot(`
     [
       "allUsers roles/run.invoker on cloud_run_v2_service hooks",
       "builder roles/cloudbuild.builds.builder on project",
       "caller roles/run.invoker on cloud_run_v2_service worker",
       "hooks roles/logging.logWriter on project",
       "hooks roles/pubsub.publisher on pubsub_topic hooks-topic",
       "migration roles/logging.logWriter on project",
       "number}@gcp-sa-pubsub.iam.gserviceaccount.com roles/pubsub.publisher on pubsub_topic worker-calls/undelivered",
       "number}@gcp-sa-pubsub.iam.gserviceaccount.com roles/pubsub.subscriber on pubsub_subscription worker-calls",
       "runner roles/artifactregistry.reader on artifact_registry_repository runner",
       "runner roles/cloudsql.client on project",
       "runner roles/cloudsql.instanceUser on project",
       "runner roles/logging.logWriter on project",
       "runner roles/monitoring.viewer on project",
       "runner roles/run.invoker on cloud_run_v2_service migration",
       "runner roles/storage.objectCreator on storage_bucket audit",
       "runner roles/storage.objectViewer on storage_bucket supplies",
       "ui roles/cloudsql.client on project",
       "ui roles/cloudsql.instanceUser on project",
       "ui roles/logging.logWriter on project",
       "ui roles/pubsub.publisher on pubsub_topic run-topic",
       "ui roles/storage.objectViewer on storage_bucket audit",
       "ui roles/storage.objectViewer on storage_bucket supplies",
       "worker roles/cloudsql.client on project",
       "worker roles/cloudsql.instanceUser on project",
       "worker roles/logging.logWriter on project",
       "worker roles/pubsub.publisher on pubsub_topic run-topic",
       "worker roles/storage.objectCreator on storage_bucket audit",
       "worker roles/storage.objectViewer on storage_bucket supplies",
     ]
    `);
  });

  it('gives nobody a primitive role, and nobody a way to start builds but by the run topic', () => {
    const roles = plane.grants.map((grant) => grant.split(' ')[1]);
    expect(roles.filter((role) => /^roles\/(owner|editor|viewer)$/.test(role ?? ''))).toEqual([]);
    expect(roles.filter((role) => role === 'roles/cloudbuild.builds.editor')).toEqual([]);
  });

  it('has accounts whose ids IAM takes', () => {
    const ids = plane.all('google_service_account').map(({ account_id }) => String(account_id));
    expect(ids.filter((id) => !/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('switches services on and never off', () => {
    const services = plane.all('google_project_service');
    expect(services.every(({ disable_on_destroy }) => disable_on_destroy === false)).toBe(true);
    expect(services.map(({ service }) => service)).toContain('sqladmin.googleapis.com');
  });

  it('waits with what calls a service until it is on', () => {
    expect(plane.one('google_sql_database_instance')['depends_on']).toEqual([
      expect.stringContaining('services_sqladmin'),
    ]);
    expect(plane.one('google_cloudbuild_trigger')['depends_on']).toEqual(
      expect.arrayContaining([expect.stringContaining('services_cloudbuild')]),
    );
  });
});

describe('the options of an installation', () => {
  it('keep logs, metrics and the audit archive out when they are off, and what alerts need stays', () => {
    const everything = controlPlane().counts;
    const off = controlPlane({
      enablePromotionLogs: false,
      enablePromotionMetrics: false,
      enablePromotionAudit: false,
    });
    const gone = Object.entries(everything).filter(([type, count]) => count !== off.counts[type]);
    expect(Object.fromEntries(gone)).toEqual({
      google_logging_metric: 5,
      google_logging_project_bucket_config: 1,
      google_logging_project_sink: 1,
      // The archive alone; rules and the function's source stay.
      google_storage_bucket: 2,
      google_storage_bucket_iam_member: 6,
    });
    expect(off.all('google_monitoring_alert_policy')).toHaveLength(1);
    expect(off.text).not.toContain('PROMOTION_AUDIT_BUCKET');
  });

  it('use what is there already', () => {
    const plane = controlPlane({ existing: { runTopic: 'runs', auditBucket: 'archive' } });
    expect(plane.all('google_pubsub_topic').map(({ name }) => name)).toEqual([
      'promotion-hooks',
      'promotion-hooks-undelivered',
    ]);
    expect(plane.all('google_storage_bucket')).toHaveLength(1);
    expect(plane.one('google_cloudbuild_trigger')['pubsub_config']).toEqual({
      topic: 'projects/shop-prod/topics/runs',
    });
    expect(plane.text).toContain('"value": "archive"');
  });

  it('let nobody call the hooks service of themselves where allUsers is forbidden', () => {
    const { grants, text } = controlPlane({ publicHooks: false });
    expect(grants.filter((grant) => grant.endsWith('cloud_run_v2_service hooks'))).toEqual([]);
    expect(text).not.toContain('allUsers');
    expect(() => controlPlane({ publicHooks: 'no' as unknown as boolean })).toThrow(
      /publicHooks is "no" must be true or false/,
    );
  });

  it('encrypt with a key wherever the services take one', () => {
    const key = 'projects/shop-prod/locations/us-central1/keyRings/ring/cryptoKeys/key';
    const plane = controlPlane({ encryptionKey: key });
    expect(plane.all('google_storage_bucket').map(({ encryption }) => encryption)).toEqual([
      { default_kms_key_name: key },
      { default_kms_key_name: key },
    ]);
    expect(plane.all('google_pubsub_topic').every(({ kms_key_name }) => kms_key_name === key)).toBe(true);
    expect(plane.one('google_sql_database_instance')['encryption_key_name']).toBe(key);
    expect(plane.one('google_cloudfunctions2_function')['kms_key_name']).toBe(key);
  });

  it('label what takes labels, and leave the property out where there are none', () => {
    const plane = controlPlane({ labels: { team: 'shop' } });
    expect(plane.all('google_storage_bucket').every(({ labels }) => JSON.stringify(labels) === '{"team":"shop"}')).toBe(
      true,
    );
    expect(controlPlane().text).not.toContain('"labels": {}');
  });

  it('protect from deletion, unless told otherwise', () => {
    const protection = (plane: ReturnType<typeof controlPlane>): readonly unknown[] => [
      plane.one('google_sql_database_instance')['deletion_protection'],
      ...plane.all('google_cloud_run_v2_service').map(({ deletion_protection }) => deletion_protection),
    ];
    expect(protection(controlPlane())).toEqual([true, true, true, true]);
    expect(protection(controlPlane({ deletionProtection: false }))).toEqual([false, false, false, false]);
  });

  it('are refused at the installation’s path, never with a secret', () => {
    const refused = (): unknown =>
      controlPlane({ name: 'X', databaseConnections: { shop: 'postgres://app:hunter2@db/shop' } });
    expect(refused).toThrow(
      /shop\/promotion: 2 problems\n {2}name +is "X" +must[^]*databaseConnections\.shop is \(not shown\)/,
    );
    expect(refused).not.toThrow(/hunter2/);
  });

  it('say how a missing archive of the function comes to be', () => {
    expect(() => controlPlane({ dbMigrationFunctionSource: 'nowhere.zip' })).toThrow(/npm run build:function/);
    expect(() => controlPlane({ dbMigrationFunctionSource: functionArchive() })).not.toThrow();
  });

  it('refuse a rules file that is none, with its place in the file', () => {
    expect(() => controlPlane({ rulesFile: 'package.json' })).toThrow(/package\.json:\d+:\d+/);
    expect(() => controlPlane({ rulesFile: 'nowhere.yaml' })).toThrow(/nowhere\.yaml cannot be read/);
  });
});
