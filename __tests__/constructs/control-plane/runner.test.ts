import type { ControlPlaneOptions } from '../../../constructs/control-plane/control-plane-options.ts';
import { Runner } from '../../../constructs/control-plane/runner.ts';
import { StoredSecret } from '../../../constructs/control-plane/secret-store.ts';
import { Topic } from '../../../constructs/control-plane/topic.ts';
import { partsIn, planeSettings } from '../parts.ts';

const runnerWith = (options: ControlPlaneOptions = {}) =>
  partsIn((scope) => {
    const settings = planeSettings(options);
    const runner = new Runner(scope, 'runner', settings, new Topic(scope, 'run-topic', settings, 'promotion-runs'));
    runner.addVariables({ PROMOTION_INSTALLATION: 'promotion' });
    runner.addSecret('FLAGS', new StoredSecret(scope, 'flags', settings, 'flags', 'projects/shop-prod/secrets/flags'));
  });

describe('the runner', () => {
  const stack = runnerWith();
  const trigger = stack.one('google_cloudbuild_trigger');

  it('starts for messages on the run topic, as an account of its own and without an approval of Cloud Build’s', () => {
    expect(trigger).toMatchObject({
      pubsub_config: { topic: expect.stringContaining('google_pubsub_topic.run-topic') as unknown },
      service_account: expect.stringContaining('google_service_account.runner') as unknown,
      approval_config: { approval_required: false },
      location: 'us-central1',
    });
  });

  it('gets the promotion’s id from the message as a variable, and has no shell', () => {
    expect(trigger).toMatchObject({
      substitutions: {
        _PROMOTION_ID: '$(body.message.attributes.promotionId)',
        _DISPATCH_ID: '$(body.message.attributes.dispatchId)',
      },
      build: {
        step: [
          {
            name: 'image@sha256:0',
            args: ['runner'],
            env: [
              'PROMOTION_INSTALLATION=promotion',
              'PROMOTION_ID=$_PROMOTION_ID',
              'PROMOTION_DISPATCH_ID=$_DISPATCH_ID',
            ],
          },
        ],
      },
    });
    expect(stack.text).not.toMatch(/"(script|entrypoint)"/);
  });

  it('ends after a time that is told, and logs to Cloud Logging alone', () => {
    expect(trigger).toMatchObject({ build: { timeout: '3600s', options: { logging: 'CLOUD_LOGGING_ONLY' } } });
    expect(runnerWith({ runTimeout: 600 }).one('google_cloudbuild_trigger')).toMatchObject({
      build: { timeout: '600s' },
    });
  });

  it('gets secrets from Secret Manager, which only it may read', () => {
    expect(trigger).toMatchObject({
      build: {
        available_secrets: {
          secret_manager: [{ env: 'FLAGS', version_name: 'projects/shop-prod/secrets/flags/versions/latest' }],
        },
        step: [{ secret_env: ['FLAGS'] }],
      },
    });
    expect(stack.grants.filter((grant) => grant.includes('secret'))).toEqual([
      'runner roles/secretmanager.secretAccessor on secret_manager_secret ',
    ]);
  });

  it('runs in a private pool where one is named, which has machines of its own', () => {
    const workerPool = 'projects/shop-prod/locations/us-central1/workerPools/shop';
    const pooled = runnerWith({ workerPool, machineType: 'E2_HIGHCPU_8' }).one('google_cloudbuild_trigger');
    expect(pooled).toMatchObject({ build: { options: { logging: 'CLOUD_LOGGING_ONLY', worker_pool: workerPool } } });
    expect(JSON.stringify(pooled)).not.toContain('E2_HIGHCPU_8');
    expect(runnerWith({ machineType: 'E2_HIGHCPU_8' }).text).toContain('"machine_type": "E2_HIGHCPU_8"');
  });

  it('may pull its own image, before it starts, from the repository that it is in', () => {
    const place = { location: 'europe-west1', project: 'tools', repository: 'promotion' };
    const stack = partsIn((scope) => {
      const settings = { ...planeSettings(), image: 'europe-west1-docker.pkg.dev/tools/promotion/image@sha256:0' };
      new Runner(scope, 'runner', settings, new Topic(scope, 'run-topic', settings, 'promotion-runs'));
    });
    expect(stack.one('google_artifact_registry_repository_iam_member')).toMatchObject({
      ...place,
      role: 'roles/artifactregistry.reader',
    });
    expect(stack.one('google_cloudbuild_trigger')['depends_on']).toEqual([
      expect.stringMatching(/^google_artifact_registry_repository_iam_member\./),
    ]);
    // Another registry has a login of its own.
    expect(runnerWith().all('google_artifact_registry_repository_iam_member')).toEqual([]);
  });

  it('reaches the cluster as the options say, and none otherwise', () => {
    const roles = (options: ControlPlaneOptions): unknown =>
      runnerWith(options)
        .all('google_project_iam_member')
        .map(({ role }) => role)
        .toSorted();
    expect(roles({})).toEqual(['roles/logging.logWriter', 'roles/monitoring.viewer']);
    const membership = 'projects/shop-prod/locations/global/memberships/shop';
    expect(roles({ clusterAccess: { kind: 'connect-gateway', membership } })).toEqual([
      'roles/gkehub.gatewayEditor',
      'roles/gkehub.viewer',
      'roles/logging.logWriter',
      'roles/monitoring.viewer',
    ]);
    expect(roles({ clusterAccess: { kind: 'dns-endpoint', endpoint: 'gke-1.gke.goog' } })).toEqual([
      'roles/container.clusterViewer',
      'roles/logging.logWriter',
      'roles/monitoring.viewer',
    ]);
  });
});
