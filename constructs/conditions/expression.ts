import { Token, type IResolvable, type IResolveContext } from 'cdktf';

/** What can stand in an expression: texts become Terraform's, references stay references. */
export type Term = string | number | boolean | readonly string[] | IResolvable;

/**
 * An expression of Terraform's language, with what is put into it written as Terraform writes it:
 *
 *     hcl`length(${approvers}) > ${2}`    →    length(var.approvers) > 2
 *
 * CDKTF's own functions do not escape quotes in texts and have no `for` with a condition.
 */
export function hcl(words: TemplateStringsArray, ...terms: readonly Term[]): Expression {
  return new Expression(words, terms);
}

export class Expression implements IResolvable {
  readonly creationStack: string[] = [];
  readonly #words: readonly string[];
  readonly #terms: readonly Term[];

  constructor(words: readonly string[], terms: readonly Term[]) {
    this.#words = words;
    this.#terms = terms;
  }

  resolve(context: IResolveContext): string {
    const isInside = context.suppressBraces === true;
    context.suppressBraces = true;
    const text = this.#words
      .map((word, index) => {
        const term = this.#terms[index];
        return term === undefined ? word : word + written(term, context);
      })
      .join('');
    return isInside ? text : `\${${text}}`;
  }

  /** As a text with the expression in it. */
  toString(): string {
    return Token.asString(this);
  }

  toJSON(): string {
    return this.toString();
  }
}

function written(term: Term, context: IResolveContext): string {
  if (typeof term === 'string') return writtenText(term, context);
  if (isList(term) && !Token.isUnresolved(term)) {
    return `[${term.map((each) => writtenText(each, context)).join(', ')}]`;
  }
  return String(context.resolve(term));
}

const isList = (term: Term): term is readonly string[] => Array.isArray(term);

const token = /(\$\{TfToken\[[^\]]*\]\})/;

function writtenText(text: string, context: IResolveContext): string {
  const parts = text.split(token).filter((part) => part !== '');
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && token.test(only)) return String(context.resolve(only));
  const inner = parts.map((part) => (token.test(part) ? `\${${String(context.resolve(part))}}` : escaped(part)));
  return `"${inner.join('')}"`;
}

/** https://developer.hashicorp.com/terraform/language/expressions/strings: JSON's escapes, and templates begin with `${` or `%{`. */
function escaped(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(/[$%](?=\{)/g, '$&$&');
}
