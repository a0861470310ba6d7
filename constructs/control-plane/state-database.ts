import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member/index.js';
import { SqlDatabase } from '@cdktf/provider-google/lib/sql-database/index.js';
import { SqlDatabaseInstance } from '@cdktf/provider-google/lib/sql-database-instance/index.js';
import { SqlUser } from '@cdktf/provider-google/lib/sql-user/index.js';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import { runtimeVariables } from '../../engine/contract/runtime-variables.ts';
import type { ComponentAccount } from './component-account.ts';
import type { StateDatabase as StateDatabaseOptions } from './control-plane-options.ts';
import { labelsOf, type PlaneSettings } from './plane-settings.ts';

const databaseName = 'promotion';

/** The Postgres database that promotions are kept in: reached through the connector library, with IAM and no password. */
export class StateDatabase extends Construct {
  readonly instance: SqlDatabaseInstance | undefined;
  readonly database: SqlDatabase | undefined;
  /** `project:region:instance`. */
  readonly connectionName: string;
  readonly #databaseName: string;
  readonly #isPrivate: boolean;
  readonly #settings: PlaneSettings;

  constructor(scope: Construct, id: string, settings: PlaneSettings) {
    super(scope, id);
    this.#settings = settings;
    const options = settings.options.stateDatabase ?? { kind: 'create' };
    switch (options.kind) {
      case 'create': {
        this.instance = this.#createInstance(options);
        this.database = new SqlDatabase(this, 'database', {
          project: settings.projectId,
          instance: this.instance.name,
          name: databaseName,
          // Dropping it would need every session closed; the instance takes it along.
          deletionPolicy: 'ABANDON',
        });
        this.connectionName = this.instance.connectionName;
        this.#databaseName = databaseName;
        this.#isPrivate = options.privateNetwork !== undefined;
        break;
      }
      case 'use':
        this.connectionName = options.connectionName;
        this.#databaseName = options.database ?? databaseName;
        this.#isPrivate = options.isPrivate ?? false;
        break;
    }
  }

  #createInstance(options: Extract<StateDatabaseOptions, { kind: 'create' }>): SqlDatabaseInstance {
    const { names, projectId, region, deletionProtection, encryptionKey, labels } = this.#settings;
    const { privateNetwork } = options;
    return new SqlDatabaseInstance(this, 'instance', {
      project: projectId,
      name: names.stateInstance,
      region,
      databaseVersion: 'POSTGRES_18',
      deletionProtection,
      ...(encryptionKey === undefined ? {} : { encryptionKeyName: encryptionKey }),
      settings: {
        tier: options.tier ?? 'db-custom-1-3840',
        edition: 'ENTERPRISE',
        availabilityType: options.highlyAvailable === true ? 'REGIONAL' : 'ZONAL',
        deletionProtectionEnabled: deletionProtection,
        connectorEnforcement: 'REQUIRED',
        diskAutoresize: true,
        databaseFlags: [{ name: 'cloudsql.iam_authentication', value: 'on' }],
        backupConfiguration: {
          enabled: true,
          pointInTimeRecoveryEnabled: true,
          backupRetentionSettings: { retainedBackups: options.backupDays ?? 7 },
        },
        ipConfiguration: {
          ipv4Enabled: privateNetwork === undefined,
          ...(privateNetwork === undefined ? {} : { privateNetwork }),
          sslMode: 'ENCRYPTED_ONLY',
        },
        ...(Object.keys(labels).length === 0 ? {} : { userLabels: labelsOf(this.#settings).labels ?? {} }),
      },
    });
  }

  /** Lets a component log in, to this instance only. */
  grantConnect(component: ComponentAccount): void {
    const [project = '', , instance = ''] = this.instance === undefined ? this.connectionName.split(':') : [];
    const instanceProject = this.instance === undefined ? project : this.#settings.projectId;
    const instanceName = this.instance === undefined ? instance : this.#settings.names.stateInstance;
    const id = component.node.id;
    new SqlUser(this, `${id}-user`, {
      project: instanceProject,
      instance: this.instance?.name ?? instanceName,
      name: userName(component),
      type: 'CLOUD_IAM_SERVICE_ACCOUNT',
      // A role that owns objects cannot be dropped; it goes with the instance.
      deletionPolicy: 'ABANDON',
    });
    for (const role of ['roles/cloudsql.client', 'roles/cloudsql.instanceUser']) {
      new ProjectIamMember(this, `${id}-${role.slice('roles/cloudsql.'.length)}`, {
        project: instanceProject,
        role,
        member: component.member,
        condition: {
          title: 'This instance only',
          expression: `resource.type == "sqladmin.googleapis.com/Instance" && resource.name == "projects/${instanceProject}/instances/${instanceName}"`,
        },
      });
    }
  }

  /** What a component must be told to reach it. */
  variablesOf(component: ComponentAccount): Readonly<Record<string, string>> {
    return {
      [runtimeVariables.stateInstance]: this.connectionName,
      [runtimeVariables.stateDatabase]: this.#databaseName,
      [runtimeVariables.stateUser]: userName(component),
      [runtimeVariables.stateIpType]: this.#isPrivate ? 'PRIVATE' : 'PUBLIC',
    };
  }
}

/** Postgres knows service accounts without their last part: names there have 63 characters. */
function userName(component: ComponentAccount): string {
  return Token.asString(Fn.trimsuffix(component.email, '.gserviceaccount.com'));
}
