import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { jest } from '@jest/globals';
import { inWords, Terraform } from './terraform.ts';
import { readStack, SampleStack, spoil, StackFolder, type SynthesisedStack } from './sample-stack.ts';

jest.setTimeout(120_000);

let terraform: Terraform;
let folder: StackFolder;
let stack: string;
beforeAll(async () => {
  terraform = await Terraform.start();
});
afterAll(async () => {
  await terraform.stop();
});
beforeEach(async () => {
  folder = await StackFolder.make();
  stack = folder.synth((app) => new SampleStack(app, 'sample'))('sample');
});
afterEach(async () => {
  await folder[Symbol.asyncDispose]();
});

describe('Terraform, offline, with the providers’ schemas', () => {
  it('accepts a stack, and plans what is known now and what is known after apply', async () => {
    const { changes, outputs } = await terraform.accept(stack, { connection: 'x' });
    expect(changes.map(({ address, change }) => [address, ...change.actions])).toEqual([
      ['google_cloudbuild_trigger.trigger', 'create'],
      ['google_pubsub_topic.topic', 'create'],
      ['google_secret_manager_secret.secret', 'create'],
      ['google_secret_manager_secret_version.version', 'create'],
      ['google_storage_bucket.bucket', 'create'],
      ['kubernetes_namespace.namespace', 'create'],
    ]);
    const trigger = changes.find(({ type }) => type === 'google_cloudbuild_trigger');
    expect(trigger?.change.after).toMatchObject({
      name: 'run',
      build: [{ step: [{ name: 'alpine', env: [null, 'PROJECT=stood-in'] }] }],
    });
    expect(trigger?.change.after_unknown).toMatchObject({
      trigger_id: true,
      pubsub_config: [{ topic: true }],
      build: [{ step: [{ env: [true, false] }] }],
    });
    expect(outputs).toHaveProperty('bucket_url');
  });
});

describe('a mistake in a stack is refused, and named:', () => {
  const bucket = ({ resource }: SynthesisedStack) => resource['google_storage_bucket']?.['bucket'] ?? {};
  const topic = ({ resource }: SynthesisedStack) => resource['google_pubsub_topic']?.['topic'] ?? {};

  it.each<readonly [string, (stack: SynthesisedStack) => void, RegExp]>([
    ['an attribute that there is not', (s) => (bucket(s)['colour'] = 'red'), /colour/],
    ['a block that there is not', (s) => (bucket(s)['weather'] = [{ wind: 'west' }]), /weather/],
    [
      'an attribute of a block that there is not',
      (s) => (bucket(s)['versioning'] = [{ enabled: true, depth: 3 }]),
      /depth/,
    ],
    ['a list where one value belongs', (s) => (bucket(s)['location'] = ['EU']), /location.*string required/s],
    ['a word where a number belongs', (s) => (topic(s)['message_retention_duration'] = { days: 1 }), /string required/],
    ['an argument that is missing', (s) => delete bucket(s)['location'], /Missing required argument.*"location"/s],
    [
      'a second block where one may be',
      (s) => (bucket(s)['versioning'] = [{ enabled: true }, { enabled: false }]),
      /No more than 1 "versioning"/,
    ],
    [
      'an attribute that the provider alone decides',
      (s) => (bucket(s)['self_link'] = 'x'),
      /unconfigurable attribute.*self_link/s,
    ],
    [
      'a resource that is not declared',
      (s) => (bucket(s)['project'] = '${google_pubsub_topic.other.id}'),
      /undeclared resource.*other/s,
    ],
    [
      'an attribute of another resource that there is not',
      (s) => (bucket(s)['project'] = '${google_pubsub_topic.topic.colour}'),
      /colour/,
    ],
    ['a variable that is not declared', (s) => (bucket(s)['project'] = '${var.project}'), /undeclared input variable/],
    [
      'two that wait for each other',
      (s) => {
        bucket(s)['project'] = '${google_pubsub_topic.topic.id}';
        topic(s)['project'] = '${google_storage_bucket.bucket.id}';
      },
      /Cycle/,
    ],
    [
      'one that waits for itself',
      (s) => (bucket(s)['project'] = '${google_storage_bucket.bucket.id}'),
      /Self-referential/,
    ],
    [
      'a kind of resource that the provider does not have',
      (s) => (s.resource['google_weather'] = { here: { wind: 'west' } }),
      /google_weather/,
    ],
  ])('%s', async (_, change, words) => {
    await spoil(stack, change);
    await terraform.init(stack);
    const invalid = await terraform.validate(stack);
    const plan = invalid.length > 0 ? { errors: invalid } : await terraform.plan(stack, { connection: 'x' });
    expect('errors' in plan ? inWords(plan.errors) : 'it was planned').toMatch(words);
  });
});

describe('a secret that is given when a stack is deployed', () => {
  const canary = 'canary-7d1f0c';

  it('is neither in what is synthesised nor in the saved plan', async () => {
    const { contents } = await terraform.accept(stack, { connection: canary });
    expect(contents).toContain('google_secret_manager_secret_version');
    expect(contents).not.toContain(canary);
    expect(await readFile(path.join(stack, 'cdk.tf.json'), 'utf8')).not.toContain(canary);
  });

  it('would be found in the saved plan, were it given as a plain argument', async () => {
    await spoil(stack, ({ resource, variable }) => {
      delete (variable as Record<string, Record<string, unknown>>)['connection']?.['ephemeral'];
      const version = resource['google_secret_manager_secret_version']?.['version'] ?? {};
      version['secret_data'] = version['secret_data_wo'];
      delete version['secret_data_wo'];
    });
    const { contents } = await terraform.accept(stack, { connection: canary });
    expect(contents).toContain(canary);
  });

  it('decides no number of resources: Terraform refuses that', async () => {
    await spoil(stack, ({ resource }) => {
      const version = resource['google_secret_manager_secret_version']?.['version'] ?? {};
      version['count'] = '${var.connection == "" ? 0 : 1}';
    });
    await terraform.init(stack);
    const plan = await terraform.plan(stack, { connection: canary });
    expect('errors' in plan ? inWords(plan.errors) : 'it was planned').toMatch(/Invalid count argument.*ephemeral/s);
  });

  it('stays where it was synthesised: the stack itself names no value', async () => {
    expect(await readStack(stack)).toMatchObject({ variable: { connection: { ephemeral: true } } });
  });
});
