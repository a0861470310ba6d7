import { TerraformVariable } from 'cdktf';
import { PrivateBucket, type PrivateBucketProps } from '../../../constructs/control-plane/private-bucket.ts';
import { partsIn, planeSettings } from '../parts.ts';

const bucketOf = (props: Omit<PrivateBucketProps, 'name'>) =>
  partsIn((scope) => {
    new PrivateBucket(scope, 'bucket', planeSettings(), { name: 'shop', ...props });
  }).one('google_storage_bucket');

describe('a bucket', () => {
  it('is reached by IAM of the whole bucket alone, and never public', () => {
    expect(bucketOf({ forceDestroy: false })).toMatchObject({
      location: 'US-CENTRAL1',
      uniform_bucket_level_access: true,
      public_access_prevention: 'enforced',
      force_destroy: false,
    });
  });

  it('keeps versions, and old ones for the days that are told', () => {
    expect(bucketOf({ forceDestroy: true, oldVersionDays: 30 })).toMatchObject({
      versioning: { enabled: true },
      lifecycle_rule: [
        { action: { type: 'Delete' }, condition: { days_since_noncurrent_time: 30, with_state: 'ARCHIVED' } },
        { action: { type: 'AbortIncompleteMultipartUpload' }, condition: { age: 7 } },
      ],
    });
  });

  it('lets nothing be changed or deleted for its retention, which stays open to be lengthened', () => {
    const bucket = bucketOf({ forceDestroy: false, retentionDays: 365 });
    expect(bucket).toMatchObject({ retention_policy: { retention_period: 31_536_000, is_locked: false } });
    expect(bucket['versioning']).toBeUndefined();
  });

  it('has Terraform reckon a retention that is known at apply only', () => {
    const stack = partsIn((scope) => {
      const days = new TerraformVariable(scope, 'days', {}).numberValue;
      new PrivateBucket(scope, 'bucket', planeSettings(), { name: 'shop', forceDestroy: false, retentionDays: days });
    });
    expect(stack.one('google_storage_bucket')).toMatchObject({
      retention_policy: { retention_period: '${(var.days * 86400)}' },
    });
  });
});
