import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { OpenAPIObject, OperationObject, ResponseObject } from 'openapi3-ts/oas31';

/** Says whether answers are as an OpenAPI document has them. */
export class AnswerCheck {
  readonly #document: OpenAPIObject;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: false, formats: { 'date-time': isInstant } });
  readonly #validators = new Map<string, ValidateFunction>();

  constructor(document: OpenAPIObject) {
    this.#document = document;
    this.#ajv.addSchema({ $id: 'document', components: document.components ?? {} });
  }

  /** @returns what is wrong with an answer; undefined: it is as documented. */
  async findingOf(method: string, path: string, answer: Response): Promise<string | undefined> {
    const found = this.#operation(method, path);
    if (found === undefined) return answer.status === 404 ? undefined : `no operation, and ${String(answer.status)}`;
    const response = (found.about.responses as Record<string, ResponseObject> | undefined)?.[String(answer.status)];
    if (response === undefined) return `${found.template} answers ${String(answer.status)}, which is not documented`;
    const type = (answer.headers.get('Content-Type') ?? '').split(';')[0] ?? '';
    const text = await answer.clone().text();
    if (response.content === undefined)
      return text === '' ? undefined : `${found.template} answers more than documented`;
    const schema = response.content[type]?.schema;
    if (schema === undefined) return `${found.template} answers ${type}, which is not documented`;
    if (!type.endsWith('json')) return undefined;
    const validate = this.#validator(`${found.template} ${method} ${String(answer.status)} ${type}`, schema);
    if (validate(JSON.parse(text))) return undefined;
    return `${found.template} ${String(answer.status)}: ${this.#ajv.errorsText(validate.errors)} in ${text.slice(0, 400)}`;
  }

  #operation(method: string, path: string): { readonly template: string; readonly about: OperationObject } | undefined {
    const [bare = ''] = path.split('?');
    for (const [template, item] of Object.entries(this.#document.paths ?? {})) {
      const about = method === 'GET' ? item.get : item.post;
      if (about !== undefined && pattern(template).test(bare)) return { template, about };
    }
    return undefined;
  }

  #validator(key: string, schema: object): ValidateFunction {
    const known = this.#validators.get(key);
    if (known !== undefined) return known;
    const local = JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')) as object;
    const made = this.#ajv.compile(local);
    this.#validators.set(key, made);
    return made;
  }
}

function pattern(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);
}

function isInstant(text: string): boolean {
  return (
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text))
  );
}
