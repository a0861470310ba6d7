import { Token, type IResolvable } from 'cdktf';

/** Marks, in a text that `JSON.stringify` made, what goes into it without quotes. */
const mark = '\\u0000';

/** A part of a document that Terraform makes. */
class LateJson {
  readonly #json: string;

  constructor(json: IResolvable) {
    this.#json = Token.asString(json);
  }

  toJSON(): string {
    return `\u0000${this.#json}\u0000`;
  }
}

/** @param json an expression whose value is the part’s JSON. */
export function lateJson(json: IResolvable): unknown {
  return new LateJson(json);
}

/** JSON with what Terraform makes in it as tokens. Numbers that are tokens stand without quotes. */
export function jsonWithTokens(document: unknown, indent?: number): string {
  const marked = JSON.stringify(
    document,
    (_, value: unknown) =>
      typeof value === 'number' && Token.isUnresolved(value) ? `\u0000${Token.asString(value)}\u0000` : value,
    indent,
  );
  return marked.replaceAll(new RegExp(`"\\${mark}(.*?)\\${mark}"`, 'g'), '$1');
}
