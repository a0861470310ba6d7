import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { z } from 'zod';
import { defaultImage } from '../../constructs/control-plane/control-plane-options.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): Promise<string> => readFile(path.join(root, file), 'utf8');

const stepSchema = z.object({ id: z.string(), args: z.array(z.string()), env: z.array(z.string()) });
const buildSchema = z.looseObject({
  steps: z.array(stepSchema),
  images: z.array(z.string()),
  substitutions: z.record(z.string(), z.string()),
});
type Build = z.infer<typeof buildSchema>;

async function readBuild(): Promise<Build> {
  return buildSchema.parse(parse(await read('cloudbuild.yaml')));
}

/** What Google says a build's configuration may be. */
async function googlesProblems(build: unknown): Promise<readonly string[]> {
  const schema = JSON.parse(await read('__tests__/cloud-build/build.schema.json')) as object;
  const ajv = new Ajv({
    allErrors: true,
    formats: { 'google-duration': /^[0-9]+(\.[0-9]+)?s$/, int32: true, int64: true, byte: true },
    strict: false,
  });
  const validate = ajv.compile(schema);
  validate(build);
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
}

/** As Cloud Build does it, where user-defined values may name built-in ones. */
function substitute(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\$|\$\{(\w+)\}|\$([A-Z_][A-Z0-9_]*)/g, (whole, braced?: string, bare?: string) => {
    if (whole === '$$') return '$';
    const name = braced ?? bare ?? '';
    const value = values[name];
    if (value === undefined) throw new Error(`nothing is substituted for ${name}`);
    return value;
  });
}

function valuesOf({ substitutions }: Build): Readonly<Record<string, string>> {
  const builtIn = { PROJECT_ID: 'shop-prod' };
  const own = Object.entries(substitutions).map(([name, value]) => [name, substitute(value, builtIn)] as const);
  return { ...builtIn, ...Object.fromEntries(own) };
}

describe('cloudbuild.yaml', () => {
  it('says what Google’s API of Cloud Build knows, and nothing else', async () => {
    const build = await readBuild();
    expect(await googlesProblems(build)).toEqual([]);
    expect(await googlesProblems({ ...build, timeout: '30 minutes' })).toEqual([
      '/timeout must match format "google-duration"',
    ]);
    expect(await googlesProblems({ ...build, stepz: [] })).toEqual([' must NOT have additional properties']);
    expect(await googlesProblems({ ...build, status: 'SUCCESS' })).toEqual([' must NOT have additional properties']);
  });

  it('pushes to where an installation looks for the image by default', async () => {
    const build = await readBuild();
    const values = valuesOf(build);
    expect(build.images.map((image) => substitute(image, values))).toEqual([defaultImage('us-central1', 'shop-prod')]);
  });

  it('uses every value that it takes, and takes every value that it uses', async () => {
    const { substitutions } = await readBuild();
    const text = (await read('cloudbuild.yaml')).replaceAll(/^\s*#.*$/gm, '');
    const used = [...text.matchAll(/\$\{(_\w+)\}/g)].map(([, name]) => name);
    expect([...new Set(used)].toSorted()).toEqual(Object.keys(substitutions).toSorted());
  });

  it('has the base of the Dockerfile as its default', async () => {
    const { substitutions } = await readBuild();
    expect(await read('Dockerfile')).toContain(`ARG BASE_IMAGE=${substitutions['_BASE_IMAGE'] ?? ''}\n`);
  });
});

describe('a step of cloudbuild.yaml', () => {
  let workspace: string;
  beforeEach(async () => {
    workspace = await mkdtemp(path.join(tmpdir(), 'cloud-build-'));
    await mkdir(path.join(workspace, 'bin'));
  });
  afterEach(async () => {
    await rm(workspace, { recursive: true });
  });

  /** Puts a program in the way of the real one; `calls` keeps what it was asked. */
  async function standIn(program: string, script: string): Promise<void> {
    const file = path.join(workspace, 'bin', program);
    await writeFile(file, `#!/bin/sh\necho "${program} $*" >> "${workspace}/calls"\n${script}\n`);
    await chmod(file, 0o755);
  }

  async function runStep(id: string): Promise<{ readonly exitCode: number; readonly said: string }> {
    const build = await readBuild();
    const step = build.steps.find((each) => each.id === id);
    if (step === undefined) throw new Error(`there is no step ${id}`);
    const values = valuesOf(build);
    const args = step.args.map((word) => substitute(word, values).replaceAll('/workspace', workspace));
    const variables = step.env.map((each) => substitute(each, values)).map((each) => each.split(/=(.*)/s, 2));
    const env = {
      PATH: `${workspace}/bin:/usr/bin:/bin`,
      ...(Object.fromEntries(variables) as Record<string, string>),
    };
    // A shell whose input is a socket takes itself for a remote one and reads its user's settings.
    const child = spawn('bash', args, { env, cwd: workspace, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [exitCode] = (await once(child, 'close')) as [number];
    return { exitCode, said };
  }

  const calls = () => readFile(path.join(workspace, 'calls'), 'utf8');
  const digest = `sha256:${'a'.repeat(64)}`;

  it('resolves the base to a digest, tells it, and the next one builds on that', async () => {
    await standIn('docker', `[ "$1" = image ] && echo "node@${digest}"; true`);
    expect(await runStep('resolve-base')).toEqual({ exitCode: 0, said: `Base image: node@${digest}\n` });
    expect((await runStep('build')).exitCode).toBe(0);
    expect(await calls()).toContain('docker pull --quiet node:24-bookworm-slim\n');
    expect(await calls()).toContain(
      `docker build --build-arg BASE_IMAGE=node@${digest} --build-arg BASE_DIGEST=${digest} --build-arg REVISION=unknown --tag ${defaultImage('us-central1', 'shop-prod')} .\n`,
    );
  });

  it('goes no further on a base that has no digest', async () => {
    await standIn('docker', `[ "$1" = image ] && echo "node:24-bookworm-slim"; true`);
    expect(await runStep('resolve-base')).toEqual({ exitCode: 1, said: 'node:24-bookworm-slim has no digest\n' });
  });

  const scanning = (severities: string) =>
    standIn(
      'gcloud',
      `case "$*" in *list-vulnerabilities*) printf '${severities}';; *) echo projects/p/scans/1;; esac`,
    );

  it('scans what was built, and lets through what is not critical', async () => {
    await scanning('HIGH\\nLOW\\nHIGH\\n');
    const { exitCode, said } = await runStep('scan');
    expect([exitCode, said]).toEqual([0, expect.stringMatching(/2 HIGH\n +1 LOW\n$/)]);
    expect(await calls()).toContain(`scan ${defaultImage('us-central1', 'shop-prod')} --location us`);
  });

  it('stops at a critical vulnerability, before anything is pushed', async () => {
    await scanning('LOW\\nCRITICAL\\n');
    const { exitCode, said } = await runStep('scan');
    expect([exitCode, said]).toEqual([1, expect.stringContaining('the image is not pushed')]);
  });

  it.each([
    ['says nothing', 'true'],
    ['fails', 'exit 3'],
    ['fails to list', 'case "$*" in *list-vulnerabilities*) exit 3;; *) echo projects/p/scans/1;; esac'],
  ])('lets nothing through when the scan %s', async (_, script) => {
    await standIn('gcloud', script);
    expect((await runStep('scan')).exitCode).not.toBe(0);
  });
});
