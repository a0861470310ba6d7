import { createHash } from 'node:crypto';
import { StorageBucketObject } from '@cdktf/provider-google/lib/storage-bucket-object/index.js';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import type { PrivateBucket } from './private-bucket.ts';

/**
 * The effective rules as an object whose name holds the hash of its content: what a container was started with never
 * changes below it, and another content is another name.
 */
export class RulesObject extends Construct {
  readonly object: StorageBucketObject;

  /**
   * @param content produces the text when the app is synthesised, since pairs join until then.
   * @param extension `yaml` or `json`.
   */
  constructor(scope: Construct, id: string, supplies: PrivateBucket, content: () => string, extension: string) {
    super(scope, id);
    this.object = new StorageBucketObject(this, 'object', {
      bucket: supplies.name,
      name: Lazy.stringValue({
        // Tokens have names of their own only once they are resolved.
        produce: (context) => `rules/${sha256(String(context.resolve(content())))}.${extension}`,
      }),
      content: Lazy.stringValue({ produce: content }),
      contentType: extension === 'json' ? 'application/json' : 'application/yaml',
    });
  }

  /** As `gs://bucket/object`. */
  get address(): string {
    return `gs://${this.object.bucket}/${this.object.name}`;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
