import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudbuildTrigger } from '@cdktf/provider-google/lib/cloudbuild-trigger/index.js';
import { DataGoogleProject } from '@cdktf/provider-google/lib/data-google-project/index.js';
import { GoogleProvider } from '@cdktf/provider-google/lib/provider/index.js';
import { PubsubTopic } from '@cdktf/provider-google/lib/pubsub-topic/index.js';
import { SecretManagerSecret } from '@cdktf/provider-google/lib/secret-manager-secret/index.js';
import { SecretManagerSecretVersion } from '@cdktf/provider-google/lib/secret-manager-secret-version/index.js';
import { StorageBucket } from '@cdktf/provider-google/lib/storage-bucket/index.js';
import { Namespace } from '@cdktf/provider-kubernetes/lib/namespace/index.js';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider/index.js';
import { App, TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';

/** A folder of its own for what Terraform writes, gone when it is disposed of. */
export class StackFolder implements AsyncDisposable {
  readonly path: string;

  private constructor(folder: string) {
    this.path = folder;
  }

  static async make(): Promise<StackFolder> {
    return new StackFolder(await mkdtemp(path.join(tmpdir(), 'plan-')));
  }

  /** Synthesises an app into it. @returns where each stack lies, by name. */
  synth(build: (app: App) => void): (stack: string) => string {
    const app = new App({ outdir: this.path });
    build(app);
    app.synth();
    return (stack) => path.join(this.path, 'stacks', stack);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

/** A stack of both providers in which one thing refers to another, and one secret is given when it is deployed. */
export class SampleStack extends TerraformStack {
  constructor(app: App, name: string) {
    super(app, name);
    new GoogleProvider(this, 'google', { project: 'shop-prod', region: 'europe-west1' });
    new KubernetesProvider(this, 'kubernetes', { host: 'https://127.0.0.1:1' });
    const project = new DataGoogleProject(this, 'project', { projectId: 'shop-prod' });
    const topic = new PubsubTopic(this, 'topic', { name: 'runs' });
    const bucket = new StorageBucket(this, 'bucket', {
      name: 'shop-artifacts',
      location: 'EU',
      uniformBucketLevelAccess: true,
      versioning: { enabled: true },
      lifecycleRule: [{ action: { type: 'Delete' }, condition: { numNewerVersions: 3 } }],
    });
    new CloudbuildTrigger(this, 'trigger', {
      name: 'run',
      pubsubConfig: { topic: topic.id },
      buildAttribute: {
        step: [{ name: 'alpine', args: ['true'], env: [`BUCKET=${bucket.url}`, `PROJECT=${project.number}`] }],
        options: { logging: 'CLOUD_LOGGING_ONLY' },
      },
    });
    new Namespace(this, 'namespace', { metadata: { name: 'shop-to-prod-promotion' } });
    const value = new TerraformVariable(this, 'connection', { type: 'string' });
    // cdktf 0.21 is older than ephemeral variables.
    value.addOverride('ephemeral', true);
    const secret = new SecretManagerSecret(this, 'secret', { secretId: 'connection', replication: { auto: {} } });
    new SecretManagerSecretVersion(this, 'version', {
      secret: secret.id,
      secretDataWo: value.stringValue,
      secretDataWoVersion: 1,
    });
    new TerraformOutput(this, 'bucket_url', { value: bucket.url });
  }
}

/** What is synthesised, as far as tests look into it or spoil it. */
export interface SynthesisedStack {
  resource: Record<string, Record<string, Record<string, unknown>>>;
  [part: string]: unknown;
}

export async function readStack(folder: string): Promise<SynthesisedStack> {
  return JSON.parse(await readFile(path.join(folder, 'cdk.tf.json'), 'utf8')) as SynthesisedStack;
}

/** Changes what was synthesised, as a mistake in the code that synthesises would have. */
export async function spoil(folder: string, change: (stack: SynthesisedStack) => void): Promise<void> {
  const stack = await readStack(folder);
  change(stack);
  await writeFile(path.join(folder, 'cdk.tf.json'), JSON.stringify(stack));
}
