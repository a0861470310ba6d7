import { StorageBucket, type StorageBucketConfig } from '@cdktf/provider-google/lib/storage-bucket/index.js';
import { StorageBucketIamMember } from '@cdktf/provider-google/lib/storage-bucket-iam-member/index.js';
import { Fn, Op, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { Condition } from '../conditions/condition.ts';
import { labelsOf, type PlaneSettings } from './plane-settings.ts';

export interface PrivateBucketProps {
  readonly name: string;
  /** Days after which a version that was replaced or deleted is gone; absent: never. */
  readonly oldVersionDays?: number;
  /** Days within which nothing can be changed or deleted; absent: none. */
  readonly retentionDays?: number;
  /** Whether deleting the stack may delete what is in it. */
  readonly forceDestroy: Condition;
}

/** A bucket that nobody reaches but by IAM of the whole bucket, with versions. */
export class PrivateBucket extends Construct {
  readonly bucket: StorageBucket;

  constructor(
    scope: Construct,
    id: string,
    settings: Pick<PlaneSettings, 'projectId' | 'region' | 'labels' | 'encryptionKey'>,
    props: PrivateBucketProps,
  ) {
    super(scope, id);
    this.bucket = new StorageBucket(this, 'bucket', {
      project: settings.projectId,
      name: props.name,
      location: upperCase(settings.region),
      uniformBucketLevelAccess: true,
      publicAccessPrevention: 'enforced',
      forceDestroy: props.forceDestroy,
      ...keeping(props),
      ...labelsOf(settings),
      ...(settings.encryptionKey === undefined ? {} : { encryption: { defaultKmsKeyName: settings.encryptionKey } }),
    });
  }

  get name(): string {
    return this.bucket.name;
  }

  /**
   * Gives an identity a role on this bucket only.
   * @param id of the component, once for each role in this bucket.
   */
  grant(id: string, role: string, member: string): StorageBucketIamMember {
    const kind = role.slice(role.lastIndexOf('.') + 1);
    return new StorageBucketIamMember(this, `${id}-${kind}`, { bucket: this.bucket.name, role, member });
  }

  /** Digits, known at apply. A bucket is the one resource that tells them without reading anything while planning. */
  get projectNumber(): string {
    return this.bucket.getStringAttribute('project_number');
  }
}

/** What cannot be changed or deleted needs no versions. */
function keeping({ retentionDays, oldVersionDays }: PrivateBucketProps): Partial<StorageBucketConfig> {
  if (retentionDays !== undefined)
    return { retentionPolicy: { retentionPeriod: inSeconds(retentionDays), isLocked: false } };
  return {
    versioning: { enabled: true },
    ...(oldVersionDays === undefined
      ? {}
      : {
          lifecycleRule: [
            {
              action: { type: 'Delete' },
              condition: { daysSinceNoncurrentTime: oldVersionDays, withState: 'ARCHIVED' },
            },
            { action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: 7 } },
          ],
        }),
  };
}

const upperCase = (text: string): string =>
  Token.isUnresolved(text) ? Token.asString(Fn.upper(text)) : text.toUpperCase();

const inSeconds = (days: number): number =>
  Token.isUnresolved(days) ? Token.asNumber(Op.mul(days, 86_400)) : days * 86_400;
