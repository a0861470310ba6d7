import { conditionOfBlock } from '../conditions/optional-block.ts';
import { withSharedExpressions } from './shared-expressions.ts';

type Tree = Readonly<Record<string, unknown>>;

/** A module as Terraform reads it from `*.tf.json`. */
export interface ModuleConfiguration {
  readonly terraform: Tree;
  readonly variable: Readonly<Record<string, Tree>>;
  readonly locals: Tree;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Tree>>>>;
  readonly output: Readonly<Record<string, Tree>>;
  /** Warnings. */
  readonly check: Readonly<Record<string, Tree>>;
}

/** Of the Terraform that takes ephemeral variables and write-only arguments; OpenTofu counts alike. */
const requiredVersion = '>= 1.11.0';

interface Synthesised extends ModuleConfiguration {
  readonly terraform: { readonly required_providers: Readonly<Record<string, { readonly version: string }>> };
}

/**
 * Makes a module of a stack that CDKTF has synthesised: providers and state are of whoever calls it, and what is there only
 * under a condition is written so that everything else still refers to it.
 */
export function asModule(stack: unknown): ModuleConfiguration {
  const { terraform, variable, locals, resource, output, check } = withoutRemarks(stack) as Synthesised;
  const counted = Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).flatMap(([id, attributes]) => ('count' in attributes ? [`${type}.${id}`] : [])),
  );
  const providers = Object.entries(terraform.required_providers).map(
    ([name, provider]) => [name, { ...provider, version: sameMajor(provider.version) }] as const,
  );
  const body = withOptional({ resource, output }, counted) as Pick<ModuleConfiguration, 'resource' | 'output'>;
  const shared = withSharedExpressions(body);
  return {
    terraform: { required_version: requiredVersion, required_providers: Object.fromEntries(providers) },
    variable,
    locals: { ...locals, ...shared.locals },
    ...shared.tree,
    check,
  };
}

/** Whoever calls the module has a version of their own; what the constructs are made for is the oldest. */
function sameMajor(version: string): string {
  const [major = '0'] = version.split('.');
  return `>= ${version}, < ${String(Number(major) + 1)}.0.0`;
}

/** CDKTF notes beside everything where it comes from. */
function withoutRemarks(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(withoutRemarks);
  if (!isTree(tree)) return tree;
  const kept = Object.entries(tree).filter(([key]) => key !== '//');
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutRemarks(value)]));
}

/** Writes optional blocks as dynamic ones, and references to what may be absent as null then. */
function withOptional(tree: unknown, counted: readonly string[]): unknown {
  if (typeof tree === 'string') return counted.reduce(throughSplat, tree);
  if (Array.isArray(tree)) return tree.map((each) => withOptional(each, counted));
  if (!isTree(tree)) return tree;
  const dynamic: Record<string, unknown> = {};
  const entries = Object.entries(tree).flatMap(([key, value]): readonly (readonly [string, unknown])[] => {
    // Addresses have no attributes.
    if (key === 'depends_on') return [[key, value]];
    const blocks: readonly unknown[] = Array.isArray(value) ? value : [value];
    const optional = blocks.filter(isOptional);
    if (optional.length === 0) return [[key, withOptional(value, counted)]];
    dynamic[key] = optional.map(({ [conditionOfBlock]: condition, ...content }) => ({
      for_each: onceIf(withOptional(condition, counted)),
      content: withOptional(content, counted),
    }));
    const fixed = blocks.filter((block) => !isOptional(block));
    return fixed.length === 0 ? [] : [[key, withOptional(fixed, counted)]];
  });
  return Object.fromEntries(Object.keys(dynamic).length === 0 ? entries : [...entries, ['dynamic', dynamic]]);
}

/** `${x}` → `${x ? [true] : []}`. */
function onceIf(condition: unknown): string {
  return `\${${String(condition).slice(2, -1)} ? [true] : []}`;
}

/** `type.id.name` → `one(type.id[*].name)`. */
function throughSplat(text: string, address: string): string {
  const reference = new RegExp(`\\b${address.replaceAll('.', '\\.')}((?:\\.[a-z_]\\w*|\\[\\d+\\])+)`, 'g');
  return text.replaceAll(reference, `one(${address}[*]$1)`);
}

function isOptional(block: unknown): block is Tree {
  return isTree(block) && conditionOfBlock in block;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
