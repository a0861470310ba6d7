import { writeFileSync } from 'node:fs';
import type { ControlPlaneOptions } from '../../../constructs/control-plane/control-plane-options.ts';
import { findFunctionSource } from '../../../constructs/control-plane/function-source.ts';
import { MigrationFunction } from '../../../constructs/control-plane/migration-function.ts';
import { PrivateBucket } from '../../../constructs/control-plane/private-bucket.ts';
import { StoredSecret } from '../../../constructs/control-plane/secret-store.ts';
import { partsIn, planeSettings } from '../parts.ts';
import { functionArchive } from '../synthesise.ts';

function functionOf(options: ControlPlaneOptions = {}, content = 'archive') {
  const found = findFunctionSource(functionArchive(content), '/', '/');
  if (!found.ok) throw new Error(found.bound);
  return partsIn((scope) => {
    const settings = planeSettings(options);
    const bucket = new PrivateBucket(scope, 'supplies', settings, { name: 'supplies', forceDestroy: true });
    const migration = new MigrationFunction(scope, 'migration', settings, bucket, found.source);
    for (const name of ['shop-staging', 'shop-prod']) {
      const secret = `projects/shop-prod/secrets/${name}`;
      migration.addConnection(name, new StoredSecret(scope, name, settings, name, secret));
    }
    migration.grantInvoke('runner', 'serviceAccount:runner@shop-prod.iam.gserviceaccount.com');
  });
}

describe('the migration function', () => {
  it('mounts one folder for each connection, and waits until it may read it', () => {
    const deployed = functionOf().one('google_cloudfunctions2_function');
    expect(deployed).toMatchObject({
      build_config: { runtime: 'nodejs24', entry_point: 'dbMigration' },
      service_config: {
        timeout_seconds: 3600,
        environment_variables: { CALLER_AUTHENTICATION: 'platform', DATABASE_SECRETS_DIR: '/secrets/databases' },
        secret_volumes: [
          { mount_path: '/secrets/databases/shop-staging', secret: 'shop-staging', versions: [{ path: 'url' }] },
          { mount_path: '/secrets/databases/shop-prod', secret: 'shop-prod', versions: [{ path: 'url' }] },
        ],
      },
    });
    expect(deployed['depends_on']).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^google_secret_manager_secret_iam_member\.shop-prod/),
        expect.stringMatching(/^google_project_iam_member\.migration_builds/),
      ]),
    );
  });

  it('is called by whom it was granted to, through IAM', () => {
    expect(functionOf().one('google_cloud_run_v2_service_iam_member')).toMatchObject({
      role: 'roles/run.invoker',
      member: 'serviceAccount:runner@shop-prod.iam.gserviceaccount.com',
    });
  });

  it('is reachable from Cloud Build’s own machines, which are not internal, and internal alone with a private pool', () => {
    const ingress = (options: ControlPlaneOptions): unknown =>
      functionOf(options).one('google_cloudfunctions2_function')['service_config'];
    expect(ingress({})).toMatchObject({ ingress_settings: 'ALLOW_ALL' });
    const workerPool = 'projects/shop-prod/locations/us-central1/workerPools/shop';
    expect(ingress({ workerPool })).toMatchObject({ ingress_settings: 'ALLOW_INTERNAL_ONLY' });
  });

  it('reaches private databases through the connector', () => {
    const network = { network: 'shop', subnetwork: 'services', connector: 'projects/p/locations/r/connectors/c' };
    expect(functionOf({ network }).one('google_cloudfunctions2_function')).toMatchObject({
      service_config: {
        vpc_connector: 'projects/p/locations/r/connectors/c',
        vpc_connector_egress_settings: 'PRIVATE_RANGES_ONLY',
      },
    });
  });

  it('is deployed anew exactly when its archive is another one', () => {
    const object = (content: string): unknown => functionOf({}, content).one('google_storage_bucket_object')['name'];
    expect(object('one')).toBe(object('one'));
    expect(object('one')).not.toBe(object('two'));
    expect(object('one')).toMatch(/^functions\/[0-9a-f]{64}\.zip$/);
  });
});

describe('its source', () => {
  it('is the user’s before the package’s', () => {
    const [users, packages] = [functionArchive('user'), functionArchive('package')];
    const folder = (file: string): string => file.replace(/\/[^/]+$/, '');
    const found = findFunctionSource('db_migration.zip', folder(users), folder(packages));
    expect(found).toMatchObject({ ok: true, source: { path: users } });
    expect(findFunctionSource('db_migration.zip', '/nowhere', folder(packages))).toMatchObject({
      ok: true,
      source: { path: packages },
    });
  });

  it('is found by content, wherever it lies', () => {
    const [one, other] = [functionArchive('same'), functionArchive('same')];
    const hash = (file: string): unknown => {
      const found = findFunctionSource(file, '/', '/');
      return found.ok ? found.source.sha256 : found;
    };
    expect(hash(one)).toBe(hash(other));
    writeFileSync(other, 'another');
    expect(hash(one)).not.toBe(hash(other));
  });

  it('that is missing is told with the command that makes it', () => {
    expect(findFunctionSource('x.zip', '/nowhere', '/elsewhere')).toEqual({
      ok: false,
      bound: expect.stringContaining('npm run build:function') as unknown,
    });
  });
});
