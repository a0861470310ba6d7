import { SecretManagerSecret } from '@cdktf/provider-google/lib/secret-manager-secret/index.js';
import { SecretManagerSecretIamMember } from '@cdktf/provider-google/lib/secret-manager-secret-iam-member/index.js';
import { SecretManagerSecretVersion } from '@cdktf/provider-google/lib/secret-manager-secret-version/index.js';
import { Construct } from 'constructs';
import { EphemeralSecret, readSecret, type SecretInput } from '../inputs/secret-input.ts';
import { labelsOf, type PlaneSettings } from './plane-settings.ts';

/** A secret as containers take it: project, name and version apart. */
export interface MountableSecret {
  readonly project: string;
  readonly secret: string;
  readonly version: string;
}

/**
 * A secret in Secret Manager: one that is there already, or one made from an ephemeral variable, whose value goes
 * through a write-only argument and is kept in no plan and no state.
 */
export class StoredSecret extends Construct {
  readonly secret: SecretManagerSecret | undefined;
  readonly mountable: MountableSecret;

  /** @param name of the secret when one has to be made. */
  constructor(
    scope: Construct,
    id: string,
    settings: Pick<PlaneSettings, 'projectId' | 'labels' | 'encryptionKey'>,
    name: string,
    given: SecretInput,
  ) {
    super(scope, id);
    const read = readSecret(given);
    if (read instanceof EphemeralSecret) {
      this.secret = new SecretManagerSecret(this, 'secret', {
        project: settings.projectId,
        secretId: name,
        replication: {
          auto:
            settings.encryptionKey === undefined
              ? {}
              : { customerManagedEncryption: { kmsKeyName: settings.encryptionKey } },
        },
        ...labelsOf(settings),
      });
      const version = new SecretManagerSecretVersion(this, 'version', {
        secret: this.secret.id,
        secretDataWo: read.variable.stringValue,
        secretDataWoVersion: read.revision,
      });
      this.mountable = { project: settings.projectId, secret: this.secret.secretId, version: version.version };
      return;
    }
    // A value that is no reference is refused at synth; it must not get anywhere before that.
    const full = read?.secret ?? '';
    const parts = full.split('/');
    this.mountable = {
      project: parts.length === 4 ? (parts[1] ?? settings.projectId) : settings.projectId,
      secret: parts.length === 4 ? (parts[3] ?? full) : full,
      version: read?.version ?? 'latest',
    };
  }

  /** `projects/<project>/secrets/<name>/versions/<version>`. */
  get versionName(): string {
    const { project, secret, version } = this.mountable;
    return `projects/${project}/secrets/${secret}/versions/${version}`;
  }

  /** Lets one identity read this secret only. */
  grantRead(id: string, member: string): SecretManagerSecretIamMember {
    return new SecretManagerSecretIamMember(this, `${id}-reader`, {
      project: this.mountable.project,
      secretId: this.mountable.secret,
      role: 'roles/secretmanager.secretAccessor',
      member,
    });
  }
}
