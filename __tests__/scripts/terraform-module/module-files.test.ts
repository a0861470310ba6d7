import { fileURLToPath } from 'node:url';
import { documentedOutputs } from '../../../constructs/outputs.ts';
import { readSeeds } from '../../../scripts/seed-coverage.ts';
import { moduleFiles } from '../../../scripts/terraform-module/module-files.ts';

interface Variable {
  readonly type: string;
  readonly description: string;
  readonly default?: unknown;
  readonly nullable: boolean;
  readonly ephemeral?: boolean;
}

const archive = new Uint8Array([1, 2, 3]);
const files = await moduleFiles(archive);
const text = (name: string): string => String(files.get(name));
const { variable } = JSON.parse(text('variables.tf.json')) as { variable: Record<string, Variable> };
const seedRows = async (under: string): Promise<readonly string[]> => {
  const seeds = await readSeeds(fileURLToPath(new URL('../../../docs/seed-coverage', import.meta.url)));
  return seeds
    .flatMap(({ sentences }) => sentences)
    .filter((sentence) => sentence.under === under && /^\| [a-z]/.test(sentence.says))
    .map(({ says }) => says);
};

describe('the files of the module', () => {
  it('are its configuration, its table of inputs, and the function’s archive', () => {
    expect([...files.keys()]).toEqual([
      'main.tf.json',
      'variables.tf.json',
      'outputs.tf.json',
      'README.md',
      'functions/db_migration.zip',
    ]);
    expect(files.get('functions/db_migration.zip')).toBe(archive);
  });

  it('are the same every time, and hold no place of this machine', async () => {
    expect(await moduleFiles(archive)).toEqual(files);
    const all = [...files.values()].map(String).join('\n');
    expect(all).not.toContain(process.cwd());
    expect(all).not.toMatch(/\/tmp\/|TfToken/);
  });

  it('configure no provider and no backend', () => {
    const main = JSON.parse(text('main.tf.json')) as { terraform: object };
    expect(Object.keys(main).toSorted()).toEqual(['check', 'locals', 'resource', 'terraform']);
    expect(Object.keys(main.terraform)).toEqual(['required_version', 'required_providers']);
  });

  it('have the documented inputs by name, description, type and default', async () => {
    const rows = await seedRows('Inputs');
    expect(rows).toHaveLength(31);
    for (const row of rows) {
      const [, name = '', description, type, fallback] = row.split('|').map((cell) => cell.trim());
      const ours = variable[name];
      const shown = ours !== undefined && 'default' in ours ? `\`${JSON.stringify(ours.default)}\`` : 'n/a';
      expect([name, ours?.description, `\`${String(ours?.type)}\``, shown]).toEqual([
        name,
        description,
        type,
        fallback,
      ]);
      expect(ours?.nullable).toBe(false);
    }
  });

  it('take secrets as ephemeral values only', () => {
    const ephemeral = Object.entries(variable).filter(([, each]) => each.ephemeral === true);
    expect(ephemeral.map(([name]) => name).toSorted()).toEqual([
      'feature_flag_api_key',
      'source_db_connection',
      'target_db_connection',
    ]);
  });

  it('have the documented outputs', async () => {
    const { output } = JSON.parse(text('outputs.tf.json')) as { output: Record<string, { description: string }> };
    const rows = Object.entries(output).map(([name, { description }]) => `| ${name} | ${description} |`);
    expect(rows.toSorted()).toEqual([...(await seedRows('Outputs'))].toSorted());
    expect(rows).toHaveLength(Object.keys(documentedOutputs).length);
  });

  it('tell of every variable and output in the README', () => {
    for (const name of [...Object.keys(variable), ...Object.keys(documentedOutputs)]) {
      expect(text('README.md')).toMatch(new RegExp(`^\\| ${name} +\\|`, 'm'));
    }
  });

  it('say in the README how the module is called, how secrets are given, and what each switch removes', () => {
    const readme = text('README.md');
    for (const [, name = ''] of readme.matchAll(/^ {2}(?<name>[a-z_]+) += /gm)) {
      expect(name === 'source' || name === 'type' || name === 'ephemeral' || name in variable).toBe(true);
    }
    expect(readme).toContain('A literal in your own file is in your plan');
    const switches = Object.keys(variable).filter((name) => name.startsWith('enable_'));
    expect(switches.length).toBeGreaterThan(5);
    for (const name of switches) expect(readme).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, 'm'));
  });
});
