import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { documentedOutputs } from '../../constructs/outputs.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const page = await readFile(path.join(root, 'docs/getting-started.md'), 'utf8');

function blocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(?<code>.*?)^\`\`\``, 'gms'))].map(
    ({ groups }) => groups?.['code'] ?? '',
  );
}
const shell = blocks('sh').join('\n').replaceAll('\\\n', ' ');

/** The rows of the table behind a heading, by their cells. */
function rowsBehind(heading: string): readonly (readonly string[])[] {
  const [, behind = ''] = page.split(`\n## ${heading}\n`);
  const [section = ''] = behind.split(/^## /m);
  const table = section.split('\n').filter((line) => line.startsWith('|'));
  return table.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('the app of docs/getting-started.md', () => {
  let folder: string;
  beforeAll(async () => {
    // Below the project, so that what it imports is found.
    await mkdir(path.join(root, 'dist'), { recursive: true });
    folder = await mkdtemp(path.join(root, 'dist/getting-started-'));
    const [app = '', second = ''] = blocks('ts');
    const code = app
      .replace('app.synth();', `${second}\napp.synth();`)
      .replaceAll("/lib/provider'", "/lib/provider/index.js'")
      .replace(
        "import { PromotionControlPlane, PromotionProcess } from 'promotion-process';",
        ['promotion-control-plane', 'promotion-process']
          .map((file, index) => {
            const name = index === 0 ? 'PromotionControlPlane' : 'PromotionProcess';
            return `import { ${name} } from '../../constructs/${file}.ts';`;
          })
          .join('\n'),
      );
    await writeFile(path.join(folder, 'main.ts'), code);
    const settings = { extends: '../../tsconfig.json', files: ['main.ts'], include: [], exclude: [] };
    const options = { compilerOptions: { incremental: false, tsBuildInfoFile: null } };
    await writeFile(path.join(folder, 'tsconfig.json'), JSON.stringify({ ...settings, ...options }));
    await run('npm', ['run', 'build:function'], { cwd: root });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  it('has no mistake of types', async () => {
    const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
    await run(process.execPath, [tsc, '--noEmit', '--project', folder]);
  });

  it('makes a control plane and a stack for each of its two pairs, each with the documented outputs', async () => {
    const out = path.join(folder, 'out');
    await run(process.execPath, [path.join(folder, 'main.ts')], {
      cwd: root,
      env: { ...process.env, CDKTF_OUTDIR: out },
    });
    const stacks = ['control-plane', 'dev-to-staging', 'staging-to-prod'];
    expect((await readdir(path.join(out, 'stacks'))).toSorted()).toEqual(stacks);
    for (const stack of stacks.slice(1)) {
      const text = await readFile(path.join(out, 'stacks', stack, 'cdk.tf.json'), 'utf8');
      const { output } = JSON.parse(text) as { readonly output: Readonly<Record<string, unknown>> };
      expect(Object.keys(output).toSorted()).toEqual(Object.keys(documentedOutputs).toSorted());
    }
    for (const stack of stacks) expect(shell).toContain(`cdktf deploy ${stack}`);
  });
});

describe('docs/getting-started.md', () => {
  it('says of every documented output what it is for, and of no other', () => {
    const told = rowsBehind('6. What the outputs mean').map(([name = '']) => name.replaceAll('`', ''));
    expect(told.toSorted()).toEqual(Object.keys(documentedOutputs).toSorted());
  });

  it('installs the versions that this project is tested with, and the override that it needs', async () => {
    const { devDependencies, overrides } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      readonly devDependencies: Readonly<Record<string, string>>;
      readonly overrides: Readonly<Record<string, string>>;
    };
    const names = ['cdktf', 'constructs', '@cdktf/provider-google', '@cdktf/provider-kubernetes', 'cdktf-cli'];
    for (const name of names) expect(shell).toContain(` ${name}@${devDependencies[name] ?? 'missing'}`);
    const pty = '@cdktf/node-pty-prebuilt-multiarch';
    expect(shell).toContain(`'overrides[${pty}]=${overrides[pty] ?? 'missing'}'`);
    for (const block of blocks('json')) expect(JSON.parse(block)).toMatchObject({ language: 'typescript' });
  });

  it('gives the build of the image values that cloudbuild.yaml takes', async () => {
    const build = parse(await readFile(path.join(root, 'cloudbuild.yaml'), 'utf8')) as {
      readonly substitutions: Readonly<Record<string, string>>;
    };
    const given = [
      ...(/--substitutions "(?<given>[^"]+)"/.exec(shell)?.groups?.['given'] ?? '').matchAll(/(?:^|,)(_\w+)=/g),
    ];
    expect(given.map(([, name]) => name)).toEqual(['_IMAGE', '_REVISION']);
    for (const [, name = ''] of given) expect(build.substitutions).toHaveProperty(name);
  });

  it('adds its costs up', () => {
    const amount = (cell = ''): number => Number(/\$(?<amount>[\d.]+)/.exec(cell)?.groups?.['amount'] ?? 0);
    const amounts = rowsBehind('What it costs at rest').map((cells) => amount(cells.at(-1)));
    expect(amounts.length).toBeGreaterThan(8);
    const parts = amounts.slice(0, -1).reduce((sum, each) => sum + each, 0);
    expect(parts.toFixed(2)).toBe(amounts.at(-1)?.toFixed(2));
    const machine = 730 * (0.0413 + 3.75 * 0.007);
    expect(amounts[0]?.toFixed(2)).toBe(machine.toFixed(2));
  });

  it('is shell that a shell can read, and leads to pages that are there', async () => {
    for (const block of blocks('sh')) await run('bash', ['-n', '-c', block]);
    const links = [...page.matchAll(/\]\((?!https:)(?<file>[^)#]+)/g)].map(({ groups }) => groups?.['file'] ?? '');
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((file) => !existsSync(path.join(root, 'docs', file)))).toEqual([]);
  });
});
