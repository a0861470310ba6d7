import type { AttributeSchema, BlockSchema, TerraformType } from './provider-schema.ts';

type Values = Readonly<Record<string, unknown>>;

/** Terraform's value of a block, plain objects and arrays; what is not known yet is of a class and no such thing. */
export function isValues(value: unknown): value is Values {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * A block with everything filled in that the provider decides and the configuration leaves to it.
 * @param decided what the provider says of one such attribute: that nobody knows it yet, or a value.
 */
export function filled(block: BlockSchema, value: unknown, decided: (attribute: AttributeSchema) => unknown): unknown {
  if (!isValues(value)) return value;
  const attributes = Object.entries(block.attributes ?? {}).map(([name, attribute]) => {
    const given = value[name] ?? null;
    // Write-only arguments are in no plan and no state.
    if (attribute.write_only === true) return [name, null] as const;
    return [name, given === null && attribute.computed === true ? decided(attribute) : given] as const;
  });
  const blocks = Object.entries(block.block_types ?? {}).map(([name, nested]) => {
    const given = value[name];
    const fill = (each: unknown): unknown => filled(nested.block, each, decided);
    if (Array.isArray(given)) return [name, given.map(fill)] as const;
    if (nested.nesting_mode !== 'map' || !isValues(given)) return [name, fill(given)] as const;
    return [name, Object.fromEntries(Object.entries(given).map(([key, each]) => [key, fill(each)]))] as const;
  });
  return { ...value, ...Object.fromEntries([...attributes, ...blocks]) };
}

/** The attributes that a configuration sets though the provider alone decides them, each by its path. */
export function unconfigurable(block: BlockSchema, value: unknown, at: readonly string[] = []): readonly string[] {
  if (!isValues(value)) return [];
  const attributes = Object.entries(block.attributes ?? {})
    .filter(([, { computed, optional, required }]) => computed === true && optional !== true && required !== true)
    .filter(([name]) => (value[name] ?? null) !== null)
    .map(([name]) => [...at, name].join('.'));
  const nested = Object.entries(block.block_types ?? {}).flatMap(([name, { block: inner }]) => {
    const given = value[name];
    const each: readonly unknown[] = Array.isArray(given) ? given : [given];
    return each.flatMap((one, index) => unconfigurable(inner, one, [...at, name, String(index)]));
  });
  return [...attributes, ...nested];
}

/** What a data source answers in place of the world: one of each, so that a reference to the first of many is there. */
export function stoodIn(type: TerraformType): unknown {
  if (typeof type === 'string') return { string: 'stood-in', number: 1, bool: true, dynamic: null }[type];
  const [kind, of] = type;
  switch (kind) {
    case 'list':
    case 'set':
      return [stoodIn(of)];
    case 'map':
      return { 'stood-in': stoodIn(of) };
    case 'object':
      return Object.fromEntries(Object.entries(of).map(([name, each]) => [name, stoodIn(each)]));
  }
}
