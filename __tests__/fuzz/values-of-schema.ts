import type { ReferenceObject, SchemaObject } from 'openapi3-ts/oas31';
import { pick } from './mutate.ts';

type Schema = SchemaObject | ReferenceObject;

/** What somebody may write anywhere: words that mean something, and what breaks programs. */
const strangeTexts: readonly string[] = [
  '',
  ' ',
  '*',
  '0',
  '-1',
  'null',
  'v9',
  'a'.repeat(5000),
  '<script>alert(1)</script>',
  "'; drop table promotion; --",
  '../../etc/passwd',
  '%2e%2e%2f',
  'line\nline',
  '\u0000',
  '\u001b[31mred',
  '\ud800',
  '\u202Egnp.exe',
  '🚀'.repeat(20),
  '__proto__',
  'constructor',
  '{"a":1}',
  '1e999',
];

const places = ['dev', 'qa', 'staging', 'production', 'prod'];

/** What is most likely meant by a field of a name. */
const fittingWords: Readonly<Record<string, readonly string[]>> = {
  application: ['shop'],
  environment: places,
  to: places,
  from: places,
  against: places,
  release: ['v1', 'v2', 'v5'],
  role: ['approver', 'promoter', 'admin', 'viewer'],
  subject: ['ben@shop.example', 'vera@shop.example'],
};

/** Makes values of JSON Schemas: mostly such as suit, sometimes at a bound, sometimes anything. */
export class ValuesOfSchema {
  readonly #schemas: Readonly<Record<string, Schema>>;
  readonly #random: () => number;
  /** Words that mean something where they are asked. */
  readonly #words: () => readonly string[];

  constructor(schemas: Readonly<Record<string, Schema>>, words: () => readonly string[], random: () => number) {
    this.#schemas = schemas;
    this.#words = words;
    this.#random = random;
  }

  /** @param name of what it is made for, which tells which words mean something. */
  make(schema: Schema, name = ''): unknown {
    const real = this.#resolve(schema);
    if (this.#random() < 0.015) return this.#anything();
    const either = real.anyOf ?? real.oneOf;
    if (either !== undefined) return this.make(pick(either, this.#random), name);
    if (real.const !== undefined) return real.const;
    if (real.enum !== undefined) return pick(real.enum, this.#random) as unknown;
    const [type] = Array.isArray(real.type) ? real.type : [real.type];
    switch (type) {
      case 'string':
        return this.#text(real, name);
      case 'integer':
      case 'number':
        return this.#number(real);
      case 'boolean':
        return this.#random() < 0.5;
      case 'array':
        return Array.from({ length: Math.floor(this.#random() * 4) }, () => this.make(real.items ?? {}, name));
      case 'object':
        return this.#object(real);
      default:
        return this.#anything();
    }
  }

  #object({ properties = {}, required = [] }: SchemaObject): Record<string, unknown> {
    const value: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(properties)) {
      const isLeftOut = required.includes(name) ? this.#random() < 0.01 : this.#random() < 0.6;
      if (!isLeftOut) value[name] = this.make(field, name);
    }
    if (this.#random() < 0.01) value['colour'] = this.#anything();
    return value;
  }

  #text({ format, pattern }: SchemaObject, name: string): string {
    if (this.#random() < 0.04) return pick(strangeTexts, this.#random);
    if (format === 'date-time') {
      const at = new Date(Date.UTC(2026, 10, 20) + (this.#random() - 0.5) * 40 * 86_400_000).toISOString();
      return pick([at, at, '1969-12-31T23:59:59Z', '9999-12-31T23:59:59Z', at.replace('Z', '+05:30')], this.#random);
    }
    const fitting = fittingWords[name];
    if (fitting !== undefined && this.#random() < 0.8) return pick(fitting, this.#random);
    const words = this.#words();
    const suitable = pattern === undefined ? words : words.filter((word) => new RegExp(pattern).test(word));
    return pick(suitable.length === 0 ? words : suitable, this.#random);
  }

  #number({ minimum = -5, maximum = 1000 }: SchemaObject): number {
    const within = minimum + Math.floor(this.#random() * (Math.min(maximum, minimum + 1000) - minimum));
    return pick([within, within, minimum, maximum, minimum - 1, maximum + 1, 0.5, 1e21], this.#random);
  }

  #anything(): unknown {
    return pick([null, true, 0, -1, 1e308, [], {}, [[]], { a: { b: {} } }, ...strangeTexts], this.#random);
  }

  #resolve(schema: Schema): SchemaObject {
    if (!('$ref' in schema)) return schema;
    return this.#resolve(this.#schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {});
  }
}
