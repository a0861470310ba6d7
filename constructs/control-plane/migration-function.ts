import { Cloudfunctions2Function } from '@cdktf/provider-google/lib/cloudfunctions2-function/index.js';
import { CloudRunV2ServiceIamMember } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-member/index.js';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member/index.js';
import { StorageBucketObject } from '@cdktf/provider-google/lib/storage-bucket-object/index.js';
import { AssetType, Lazy, TerraformAsset, Token } from 'cdktf';
import { Construct } from 'constructs';
import { functionVariables } from '../../engine/contract/runtime-variables.ts';
import { optionalBlock } from '../conditions/optional-block.ts';
import { ComponentAccount } from './component-account.ts';
import type { FunctionSource } from './function-source.ts';
import { labelsOf, type PlaneSettings } from './plane-settings.ts';
import type { PrivateBucket } from './private-bucket.ts';
import type { StoredSecret } from './secret-store.ts';
import { waitFor } from './wait-for.ts';

const secretsFolder = '/secrets/databases';

/** The database-migration function: only it can read the databases' connections, and only the runner can call it. */
export class MigrationFunction extends Construct {
  readonly account: ComponentAccount;
  readonly builder: ComponentAccount;
  readonly function: Cloudfunctions2Function;
  readonly #connections = new Map<string, StoredSecret>();
  readonly #settings: PlaneSettings;

  constructor(scope: Construct, id: string, settings: PlaneSettings, supplies: PrivateBucket, source: FunctionSource) {
    super(scope, id);
    this.#settings = settings;
    const { names, projectId, region, options } = settings;
    this.account = new ComponentAccount(this, 'migration', settings, 'migration');
    new ProjectIamMember(this, 'log-writer', {
      project: projectId,
      role: 'roles/logging.logWriter',
      member: this.account.member,
    });
    // What builds it has an account too: in new projects, Google's own may do nothing.
    this.builder = new ComponentAccount(this, 'builder', settings, 'builder');
    const mayBuild = new ProjectIamMember(this, 'builds', {
      project: projectId,
      role: 'roles/cloudbuild.builds.builder',
      member: this.builder.member,
    });
    const object = new StorageBucketObject(this, 'source-object', {
      bucket: supplies.name,
      // Redeployed exactly when the code is another.
      name: `functions/${source.sha256}.zip`,
      source: this.#fileOf(source),
      contentType: 'application/zip',
    });
    this.function = new Cloudfunctions2Function(this, 'function', {
      project: projectId,
      location: region,
      name: names.migrationFunction,
      description: 'Migrates databases for promotions',
      ...labelsOf(settings),
      ...(settings.encryptionKey === undefined ? {} : { kmsKeyName: settings.encryptionKey }),
      buildConfig: {
        runtime: 'nodejs24',
        entryPoint: 'dbMigration',
        serviceAccount: this.builder.account.id,
        source: { storageSource: { bucket: supplies.name, object: object.name } },
      },
      serviceConfig: {
        serviceAccountEmail: this.account.email,
        // What HTTP functions are allowed; a longer migration is several calls.
        timeoutSeconds: 3600,
        availableMemory: '1Gi',
        availableCpu: '1',
        minInstanceCount: 0,
        maxInstanceCount: 10,
        maxInstanceRequestConcurrency: 1,
        allTrafficOnLatestRevision: true,
        // Cloud Build's own machines do not count as internal; IAM keeps everybody but the runner out.
        ingressSettings: options.workerPool === undefined ? 'ALLOW_ALL' : 'ALLOW_INTERNAL_ONLY',
        ...(options.network === undefined
          ? {}
          : { vpcConnector: options.network.connector, vpcConnectorEgressSettings: 'PRIVATE_RANGES_ONLY' }),
        environmentVariables: {
          [functionVariables.callerAuthentication]: 'platform',
          [functionVariables.databaseSecretsFolder]: secretsFolder,
        },
      },
    });
    waitFor(this.function, mayBuild);
  }

  get url(): string {
    return this.function.url;
  }

  /**
   * Mounts the connection of a database.
   * @param database name by which the engine calls it: lower-case letters, digits and hyphens.
   */
  addConnection(database: string, connection: StoredSecret): void {
    this.#connections.set(database, connection);
    this.function.serviceConfig.putSecretVolumes(Lazy.anyValue({ produce: () => this.#secretVolumes() }));
    waitFor(this.function, connection.grantRead('migration', this.account.member));
  }

  /**
   * Lets an identity call the function.
   * @param id name of the grant, once in this function.
   * @param member as IAM names it.
   */
  grantInvoke(id: string, member: string): CloudRunV2ServiceIamMember {
    return new CloudRunV2ServiceIamMember(this, `${id}-invoker`, {
      project: this.#settings.projectId,
      location: this.#settings.region,
      // A function of the second generation is a Cloud Run service of the same name.
      name: this.function.name,
      role: 'roles/run.invoker',
      member,
    });
  }

  /** Where Terraform reads it: beside what is synthesised, or where a module is told that it lies. */
  #fileOf({ path, sha256 }: FunctionSource): string {
    if (Token.isUnresolved(path)) return path;
    // Equal content is equal wherever it lies.
    const asset = new TerraformAsset(this, 'source', { path, type: AssetType.FILE, assetHash: sha256.slice(0, 32) });
    return asset.path;
  }

  /** As Terraform spells it. Every secret is a folder of its own: one mount holds one secret. */
  #secretVolumes(): readonly unknown[] {
    return [...this.#connections].flatMap(([database, { mountable, isGiven }]) =>
      optionalBlock(isGiven, {
        mount_path: `${secretsFolder}/${database}`,
        project_id: mountable.project,
        secret: mountable.secret,
        versions: [{ path: 'url', version: mountable.version }],
      }),
    );
  }
}
