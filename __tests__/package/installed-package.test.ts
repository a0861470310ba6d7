import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { EmptyProject } from './empty-project.ts';
import { nodeOf, nodePackage } from './node-package.ts';
import { pack } from './pack.ts';
import { movingToCdktn, readmeExample } from './shown-code.ts';

const compiler = 'node_modules/typescript/bin/tsc';
const root = path.resolve(import.meta.dirname, '../..');

interface Stack {
  readonly '//': { readonly metadata: Readonly<Record<string, unknown>> };
  readonly resource: Readonly<Record<string, unknown>>;
}

describe('the package in an empty CDKTF project', () => {
  let project: EmptyProject;
  let nodes: ReadonlyMap<number, string>;
  const synthesised = new Map<number, Stack>();
  beforeAll(async () => {
    project = await EmptyProject.create();
    const { archive } = await pack(project.folder);
    await project.install(
      archive,
      'cdktf@0.21.0',
      'constructs@10.4.2',
      '@cdktf/provider-google@16.12.1',
      '@cdktf/provider-kubernetes@12.1.1',
      // The compiler of the days of the template: its tsconfig makes that one look for types as `node10`.
      'typescript@5',
      'ts-node@10',
      '@types/node@22',
      `${nodePackage()}@22`,
    );
    await project.write('main.ts', await readmeExample());
    nodes = new Map([
      [22, nodeOf(project.folder)],
      [24, process.execPath],
    ]);
  }, 600_000);
  afterAll(() => project.remove());

  test('the README’s example compiles, and its types are the package’s own', async () => {
    const good = await project.runFile(process.execPath, compiler, '--noEmit');
    expect(good.stdout).toBe('');
    expect(good.exitCode).toBe(0);
    const example = await readmeExample();
    await project.write('main.ts', example.replace("environment: 'staging'", 'environment: 5'));
    const bad = await project.runFile(process.execPath, compiler, '--noEmit');
    await project.write('main.ts', example);
    expect(bad.stdout).toContain("Type 'number' is not assignable to type 'string'");
  });

  test.each(['node16', 'bundler'])('its types are found under %s resolution as well', async (resolution) => {
    const module = resolution === 'bundler' ? 'es2022' : resolution;
    const ended = await project.runFile(
      process.execPath,
      compiler,
      ...['--noEmit', '--incremental', 'false', '--module', module, '--moduleResolution', resolution],
    );
    expect(ended.stdout).toBe('');
  });

  test.each([22, 24])('the example is synthesised on Node %i', async (version) => {
    const node = nodes.get(version) ?? '';
    expect((await project.run(node, '--version')).stdout).toMatch(new RegExp(`^v${String(version)}\\.`));
    const stack = await synthesise(node);
    expect(Object.keys(stack.resource)).toContain('google_cloudfunctions2_function');
    // The function that the stack deploys is the one in the package.
    const archive = await readFile(
      project.in('node_modules/promotion-process/dist/library/functions/db_migration.zip'),
    );
    expect(JSON.stringify(stack).includes(createHash('sha256').update(archive).digest('hex'))).toBe(true);
    synthesised.set(version, stack);
    expect(stack).toEqual(synthesised.get(22));
  });

  test('editors find the schema of the rules by its name', async () => {
    const code = "console.log(require.resolve('promotion-process/promotion-rules.schema.json'))";
    const { stdout } = await project.run(process.execPath, '--eval', code);
    expect(await readFile(stdout.trim(), 'utf8')).toBe(
      await readFile(path.join(root, 'engine/rules/promotion-rules.schema.json'), 'utf8'),
    );
  });

  test.each([22, 24])('`promote` runs on Node %i and checks rules', async (version) => {
    await project.write('rules.yaml', await readFile(path.join(root, 'examples/rules/dev-to-staging.yaml'), 'utf8'));
    const program = 'node_modules/.bin/promote';
    const good = await project.runFile(nodes.get(version) ?? '', program, 'rules', 'check', 'rules.yaml');
    expect(good).toMatchObject({ exitCode: 0, stderr: '' });
    await project.write('rules.yaml', 'environments: 5\n');
    const bad = await project.runFile(nodes.get(version) ?? '', program, 'rules', 'check', 'rules.yaml');
    expect(bad.exitCode).not.toBe(0);
    expect(bad.stdout + bad.stderr).toContain('rules.yaml:1');
  });

  test('`promote local start` says where the sample is', async () => {
    const ended = await project.runFile(process.execPath, 'node_modules/.bin/promote', 'local', 'start');
    expect(ended.exitCode).not.toBe(0);
    expect(ended.stderr).toContain('the sample application is no part of the installed package');
    expect(ended.stderr).toContain('npm ci && npm start');
  });

  test('moved to cdktn as docs/cdktn.md says, the example is synthesised to the same stack', async () => {
    await project.apply(await movingToCdktn());
    await project.install();
    const installed = JSON.parse(await readFile(project.in('node_modules/cdktf/package.json'), 'utf8')) as unknown;
    expect(installed).toMatchObject({ name: 'cdktn' });
    const compiled = await project.runFile(process.execPath, compiler, '--noEmit');
    expect(compiled.stdout).toBe('');
    // Terraform looks at nothing else: an equal stack is an equal plan.
    expect(await synthesise(process.execPath)).toEqual(synthesised.get(24));
  });

  /** @returns the only stack, without what names the version of CDKTF that wrote it. */
  async function synthesise(node: string): Promise<Stack> {
    await rm(project.in('cdktf.out'), { recursive: true, force: true });
    // What is deprecated is used by packages that CDKTF brings along.
    const ended = await project.run(node, '--no-deprecation', 'node_modules/ts-node/dist/bin.js', 'main.ts');
    expect(ended).toMatchObject({ exitCode: 0, stderr: '' });
    const stacks = await readdir(project.in('cdktf.out/stacks'));
    expect(stacks).toEqual(['staging-to-prod']);
    const text = await readFile(project.in('cdktf.out/stacks/staging-to-prod/cdk.tf.json'), 'utf8');
    const stack = JSON.parse(text) as Stack;
    return { ...stack, '//': { ...stack['//'], metadata: { ...stack['//'].metadata, version: 'any' } } };
  }
});
