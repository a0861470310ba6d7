import { createHash } from 'node:crypto';
import { StorageBucketObject } from '@cdktf/provider-google/lib/storage-bucket-object/index.js';
import { Lazy, TerraformLocal, TerraformStack, Token } from 'cdktf';
import { Construct } from 'constructs';
import { hcl } from '../conditions/expression.ts';
import { ModuleStack } from '../module/module-stack.ts';
import type { PrivateBucket } from './private-bucket.ts';

/**
 * The effective rules as an object whose name holds the hash of its content: what a container was started with never
 * changes below it, and another content is another name.
 */
export class RulesObject extends Construct {
  readonly object: StorageBucketObject;
  /** The text in it. */
  readonly text: string;

  /**
   * @param content produces the text when the app is synthesised, since pairs join until then.
   * @param extension `yaml` or `json`.
   */
  constructor(scope: Construct, id: string, supplies: PrivateBucket, content: () => string, extension: string) {
    super(scope, id);
    this.text = this.#referTo(content);
    this.object = new StorageBucketObject(this, 'object', {
      bucket: supplies.name,
      name: Lazy.stringValue({
        produce: () => `rules/${sha256(this.#isLocal ? this.text : content())}.${extension}`,
      }),
      content: this.text,
      contentType: extension === 'json' ? 'application/json' : 'application/yaml',
    });
  }

  /** In a module, the text is long and made of many inputs, so it is made once. */
  #referTo(content: () => string): string {
    const text = Lazy.stringValue({ produce: content });
    if (!this.#isLocal) return text;
    const local = new TerraformLocal(this, 'text', text);
    local.overrideLogicalId('promotion_rules');
    return local.asString;
  }

  get #isLocal(): boolean {
    return TerraformStack.of(this) instanceof ModuleStack;
  }

  /** As `gs://bucket/object`. */
  get address(): string {
    return `gs://${this.object.bucket}/${this.object.name}`;
  }
}

/** Of what is known at apply only, Terraform makes it. */
function sha256(text: string): string {
  if (Token.isUnresolved(text)) return hcl`sha256(${text})`.toString();
  return createHash('sha256').update(text).digest('hex');
}
