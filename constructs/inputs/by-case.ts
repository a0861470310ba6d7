import type { Condition } from '../conditions/condition.ts';
import { hcl } from '../conditions/expression.ts';
import { jsonWithTokens, lateJson } from './late-json.ts';

/**
 * A document that depends on conditions. Where Terraform decides about some, the document is compiled for each case, and
 * Terraform chooses between the smallest parts in which the cases differ: what becomes of a case is said once, by what
 * compiles.
 */
export function byCase<Name extends string, Document>(
  conditions: Readonly<Record<Name, Condition>>,
  compile: (known: Readonly<Record<Name, boolean>>) => Document,
): Document {
  return new Cases(compile).of(Object.entries<Condition>(conditions) as [Name, Condition][], {});
}

class Cases<Name extends string, Document> {
  readonly #compile: (known: Readonly<Record<Name, boolean>>) => Document;
  /** Parts that are chosen between the same two are one part, or each would differ from the other. */
  readonly #chosen = new Map<string, unknown>();

  constructor(compile: (known: Readonly<Record<Name, boolean>>) => Document) {
    this.#compile = compile;
  }

  of(conditions: readonly (readonly [Name, Condition])[], known: Partial<Record<Name, boolean>>): Document {
    const [first, ...rest] = conditions;
    if (first === undefined) return this.#compile(known as Record<Name, boolean>);
    const [name, condition] = first;
    if (typeof condition === 'boolean') return this.of(rest, { ...known, [name]: condition });
    const yes = this.of(rest, { ...known, [name]: true });
    const no = this.of(rest, { ...known, [name]: false });
    return this.#choose(name, condition, yes, no) as Document;
  }

  #choose(name: Name, condition: Exclude<Condition, boolean>, yes: unknown, no: unknown): unknown {
    if (JSON.stringify(yes) === JSON.stringify(no)) return yes;
    if (isGroup(yes) && isGroup(no) && Object.keys(yes).join() === Object.keys(no).join()) {
      const parts = Object.entries(yes).map(([key, part]) => [key, this.#choose(name, condition, part, no[key])]);
      return Object.fromEntries(parts) as unknown;
    }
    if (Array.isArray(yes) && Array.isArray(no) && yes.length === no.length) {
      return yes.map((part, index) => this.#choose(name, condition, part, no[index]));
    }
    const key = JSON.stringify([name, yes, no]);
    const known = this.#chosen.get(key);
    if (known !== undefined) return known;
    const chosen = lateJson(hcl`(${condition} ? ${jsonWithTokens(yes)} : ${jsonWithTokens(no)})`);
    this.#chosen.set(key, chosen);
    return chosen;
  }
}

function isGroup(part: unknown): part is Readonly<Record<string, unknown>> {
  return typeof part === 'object' && part !== null && Object.getPrototypeOf(part) === Object.prototype;
}
