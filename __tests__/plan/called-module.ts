import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TerraformOutput, type App } from 'cdktf';
import type { Decidable } from '../../constructs/conditions/condition.ts';
import { documentedInputs, propertyName } from '../../constructs/inputs/documented-inputs.ts';
import { asModule } from '../../constructs/module/as-module.ts';
import { moduleInputs } from '../../constructs/module/module-inputs.ts';
import { ModuleStack } from '../../constructs/module/module-stack.ts';
import type { PromotionProcessProps } from '../../constructs/promotion-process-props.ts';
import { literal } from '../../constructs/naming/literal.ts';
import type { DocumentedProps } from '../../constructs/inputs/documented-props.ts';
import { moduleFiles } from '../../scripts/terraform-module/module-files.ts';
import { StackFolder } from './sample-stack.ts';
import type { ResourceChange } from './terraform.ts';

/** Writes the HCL module where the block of its document looks for it. @param archive in place of the function's. */
export async function writeModule(folder: string, archive: Uint8Array): Promise<void> {
  for (const [name, content] of await moduleFiles(archive)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/**
 * Writes a module that takes the inputs, provisions nothing and tells what is made of them.
 * @param made by the names of its outputs.
 */
export async function writeTeller(
  folder: string,
  made: (props: Decidable<PromotionProcessProps>) => Readonly<Record<string, string>>,
): Promise<void> {
  await using synthesised = await StackFolder.make();
  const place = synthesised.synth((app: App) => {
    const stack = new ModuleStack(app, 'teller');
    for (const [name, value] of Object.entries(made(moduleInputs(stack)))) {
      new TerraformOutput(stack, name, { value, staticId: true });
    }
  });
  const stack = JSON.parse(await readFile(path.join(place('teller'), 'cdk.tf.json'), 'utf8')) as object;
  const module = asModule({ output: {}, ...stack, terraform: { required_providers: {} }, resource: {} });
  await writeBlocks(folder, { variable: module.variable, locals: module.locals, output: module.output });
  await mkdir(path.join(folder, 'functions'));
  await writeFile(path.join(folder, 'functions/db_migration.zip'), '');
}

/**
 * Writes a configuration that calls modules.
 * @param calls name and arguments of each.
 * @param outputs name and value of each.
 */
export async function writeRoot(
  folder: string,
  calls: readonly (readonly [string, object])[],
  outputs: readonly (readonly [string, string])[] = [],
  variable: object = {},
): Promise<void> {
  const output = Object.fromEntries(outputs.map(([name, value]) => [name, { value }]));
  await writeBlocks(folder, { module: Object.fromEntries(calls), output, variable });
}

/** Terraform takes no kind of block without one. */
async function writeBlocks(folder: string, blocks: Readonly<Record<string, object>>): Promise<void> {
  const some = Object.entries(blocks).filter(([, named]) => Object.keys(named).length > 0);
  await writeFile(path.join(folder, 'main.tf.json'), JSON.stringify(Object.fromEntries(some)));
}

/** Inputs as HCL names and writes them. */
export function asVariables(props: Partial<DocumentedProps>): Readonly<Record<string, unknown>> {
  const given = documentedInputs.map(({ name, check }) => {
    const value: unknown = Reflect.get(props, propertyName(name));
    // What is kept in Secret Manager already has an input of its own.
    return [check.kind === 'secret' ? `${name}_secret` : name, value] as const;
  });
  const variables = Object.fromEntries(given.filter(([, value]) => value !== undefined));
  return JSON.parse(literal(JSON.stringify(variables))) as Readonly<Record<string, unknown>>;
}

/**
 * What is planned, by what it is rather than by where it is called from: type and place in the construct.
 * @param call the module's or the construct's name.
 */
export function plannedBy(call: string, changes: readonly ResourceChange[]): Readonly<Record<string, unknown>> {
  const own = changes.flatMap(({ address, type, change }): readonly (readonly [string, unknown])[] => {
    const place = placeOf(call, address, type);
    return place === undefined
      ? []
      : [[`${type} ${place}`, { after: comparable(change.after), unknown: known(change.after_unknown) }]];
  });
  return Object.fromEntries(own);
}

/** `module.all-on.google_x.promotion_runner_account_0A1B2C3D[0]` and `google_x.all-on_runner_account_4E5F6071` are one. */
function placeOf(call: string, address: string, type: string): string | undefined {
  const inModule = address.startsWith(`module.${call}.${type}.promotion_`);
  if (!inModule && !address.startsWith(`${type}.${call}_`)) return undefined;
  const id = address.replace(/\[[^\]]*\]$/, '').replace(/^.*\./, '');
  const place = id.replace(/^[^_]*_/, '').replace(/_[0-9A-F]{8}$/, '');
  // Ids hold the names of databases where they are known at synth, and numbers where they are not.
  return place
    .replace(/connection-(.*-staging|dev-.*)_/, 'connection-of-pair-1_')
    .replace(/connection-(.*-prod|production-.*)_/, 'connection-of-pair-2_')
    .replace('viewers-invoker', 'viewer-1-invoker');
}

/** JSON is compared by what it says, names that hold its hash and paths of this machine not at all. */
export function comparable(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return comparableText(value, key);
  if (Array.isArray(value)) return value.map((each) => comparable(each));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, comparable(each, name)] as const);
  return Object.fromEntries(entries);
}

function comparableText(text: string, key: string): unknown {
  if (key === 'source' && text.endsWith('.zip')) return 'the archive';
  if (/^\s*\{/.test(text)) return JSON.parse(text);
  return text.replace(/rules\/[0-9a-f]{64}(?=\.json$)/, 'rules/hash');
}

/** Terraform tells of a block without anything unknown in it as `{}` or leaves it out. */
function known(unknown: unknown): unknown {
  if (Array.isArray(unknown)) return unknown.map(known);
  if (typeof unknown !== 'object' || unknown === null) return unknown;
  const entries = Object.entries(unknown).filter(([, each]) => each !== false);
  return Object.fromEntries(entries.map(([name, each]) => [name, known(each)]));
}
