import { EnvironmentNames } from './environment-names.ts';
import { gateNames, type GateName, type MandatoryGates } from './gate-schema.ts';
import { strictest } from './gate-strictness.ts';
import { inherit, isGroup, type Group } from './inheritance.ts';
import { mandatorySchema, type MandatoryEntry } from './mandatory-schema.ts';
import { outlineOf } from './outline.ts';

/** What is mandatory on a path, one entry of the document after the other. */
export interface MandatoryOnPath {
  /** In `mandatory`. */
  readonly index: number;
  readonly gates: MandatoryGates;
  readonly reason: string | undefined;
}

/** Says for each path of a document which of its mandatory entries concern it. */
export class MandatoryEntries {
  readonly #entries: readonly MandatoryEntry[];
  readonly #names: EnvironmentNames;

  /** @param document of any kind; where its `mandatory` is wrong, nothing is mandatory, and the schema says what is wrong. */
  constructor(document: Group) {
    const parsed = mandatorySchema.safeParse(document['mandatory']);
    this.#entries = parsed.success ? parsed.data : [];
    this.#names = new EnvironmentNames(this.#entries.length === 0 ? [] : outlineOf(document).environments);
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** @param to a name or an alias. */
  into(to: unknown): readonly MandatoryOnPath[] {
    const target = this.#nameOf(to);
    return this.#entries.flatMap(({ into, gates, reason }, index) => {
      const concerns = into.length === 0 || into.some((word) => this.#nameOf(word) === target);
      return concerns ? [{ index, gates, reason }] : [];
    });
  }

  #nameOf(word: unknown): unknown {
    return typeof word === 'string' ? (this.#names.resolve(word) ?? word) : word;
  }
}

/**
 * A document in which every path demands what is mandatory, and what it does not say itself is as mandatory. Works on
 * any data; what is weaker than it must be stays as it is, for `weakeningFindings` to tell.
 */
export function demandMandatory(document: unknown): unknown {
  if (!isGroup(document) || !Array.isArray(document['paths'])) return document;
  const mandatory = new MandatoryEntries(document);
  if (mandatory.isEmpty) return document;
  const paths: readonly unknown[] = document['paths'];
  return {
    ...document,
    paths: paths.map((path) => {
      if (!isGroup(path)) return path;
      const entries = mandatory.into(path['to']);
      return entries.length === 0 ? path : { ...path, gates: demanding(path['gates'], entries) };
    }),
  };
}

function demanding(gates: unknown, entries: readonly MandatoryOnPath[]): unknown {
  if (gates !== undefined && !isGroup(gates)) return gates;
  const result: Record<string, unknown> = { ...gates };
  for (const gate of gateNames) {
    const least = leastOf(gate, entries);
    if (least !== undefined) result[gate] = inherit(result[gate], least);
  }
  const custom = entries.flatMap((entry) => entry.gates.custom);
  const own: unknown = result['custom'] ?? [];
  if (custom.length === 0 || !Array.isArray(own)) return result;
  const taken = new Set(own.flatMap((each: unknown) => (isGroup(each) ? [each['name']] : [])));
  const missing = new Map(custom.filter(({ name }) => !taken.has(name)).map((each) => [each.name, each]));
  return { ...result, custom: [...(own as readonly unknown[]), ...missing.values()] };
}

/** The least that a gate is set to by all entries together; undefined when none of them names it. */
export function leastOf(gate: GateName, entries: readonly MandatoryOnPath[]): Group | undefined {
  return entries
    .flatMap(({ gates }) => gates[gate] ?? [])
    .reduce<Group | undefined>(
      (least, settings) => (least === undefined ? settings : strictest(gate, least, settings)),
      undefined,
    );
}
