import { SecretManagerSecret } from '@cdktf/provider-google/lib/secret-manager-secret/index.js';
import { SecretManagerSecretIamMember } from '@cdktf/provider-google/lib/secret-manager-secret-iam-member/index.js';
import { SecretManagerSecretVersion } from '@cdktf/provider-google/lib/secret-manager-secret-version/index.js';
import { Construct } from 'constructs';
import { both, chosen, type Condition } from '../conditions/condition.ts';
import { onlyIf } from '../conditions/part-if.ts';
import { OptionalSecret } from '../inputs/optional-secret.ts';
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
  /** Whether there is one: where Terraform decides, everything about it is there only then. */
  readonly isGiven: Condition;

  /**
   * @param name of the secret when one has to be made.
   * @param isNeeded whether anything takes it.
   */
  constructor(
    scope: Construct,
    id: string,
    settings: Pick<PlaneSettings, 'projectId' | 'labels' | 'encryptionKey'>,
    name: string,
    given: SecretInput,
    isNeeded: Condition = true,
  ) {
    super(scope, id);
    const read = readSecret(given);
    this.isGiven = read instanceof OptionalSecret ? both(isNeeded, read.isGiven) : true;
    if (read instanceof EphemeralSecret) {
      const { secret, version } = this.#write(settings, name, read.variable.stringValue, read.revision);
      this.secret = secret;
      this.mountable = { project: settings.projectId, secret: secret.secretId, version: version.version };
      return;
    }
    if (read instanceof OptionalSecret) {
      const { secret, version } = this.#write(settings, name, read.value, read.revision);
      const isWritten = both(isNeeded, read.isWritten);
      this.secret = onlyIf(secret, isWritten);
      onlyIf(version, isWritten);
      this.mountable = {
        project: chosen(isWritten, settings.projectId, read.part(1)),
        secret: chosen(isWritten, secret.secretId, read.part(3)),
        version: chosen(isWritten, version.version, read.version),
      };
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

  /** Value and number of the version are kept nowhere together: the value goes through a write-only argument. */
  #write(
    settings: Pick<PlaneSettings, 'projectId' | 'labels' | 'encryptionKey'>,
    name: string,
    value: string,
    revision: number,
  ): { readonly secret: SecretManagerSecret; readonly version: SecretManagerSecretVersion } {
    const { projectId, encryptionKey } = settings;
    const secret = new SecretManagerSecret(this, 'secret', {
      project: projectId,
      secretId: name,
      replication: {
        auto: encryptionKey === undefined ? {} : { customerManagedEncryption: { kmsKeyName: encryptionKey } },
      },
      ...labelsOf(settings),
    });
    const version = new SecretManagerSecretVersion(this, 'version', {
      secret: secret.id,
      secretDataWo: value,
      secretDataWoVersion: revision,
    });
    return { secret, version };
  }

  /** `projects/<project>/secrets/<name>/versions/<version>`. */
  get versionName(): string {
    const { project, secret, version } = this.mountable;
    return `projects/${project}/secrets/${secret}/versions/${version}`;
  }

  /** Lets one identity read this secret only. */
  grantRead(id: string, member: string): SecretManagerSecretIamMember {
    const grant = new SecretManagerSecretIamMember(this, `${id}-reader`, {
      project: this.mountable.project,
      secretId: this.mountable.secret,
      role: 'roles/secretmanager.secretAccessor',
      member,
    });
    return onlyIf(grant, this.isGiven);
  }
}
