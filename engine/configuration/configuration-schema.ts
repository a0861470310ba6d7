import { Ajv, type ErrorObject, type Options, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { offsetOfName, offsetOfValue } from './place-in-yaml.ts';
import { isSecretSetting } from './configuration-changes.ts';
import { parseYamlText, type YamlText } from './yaml-document.ts';
import { YamlEditError } from './yaml-edit-error.ts';
import { causeText } from '../wording/cause-text.ts';

/** One thing in an environment's values that its schema does not allow. */
export interface ConfigurationProblem {
  /** Dotted; empty for the document as a whole. */
  readonly path: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What should be a JSON Schema is none that can be used. */
export class ConfigurationSchemaError extends Error {
  override readonly name = 'ConfigurationSchemaError';
}

const mostBytes = 1024 * 1024;
/** More would not be read. */
const mostProblems = 50;

const options: Options = {
  allErrors: true,
  verbose: true,
  // Schemas of others hold words of other tools; what no draft knows says nothing.
  strict: false,
  // As the newer drafts have it, a format describes and does not forbid.
  validateFormats: false,
  logger: false,
};

/** A JSON Schema that an environment's values must suit: of draft-07, 2019-09 or 2020-12, in JSON or in YAML. */
export class ConfigurationSchema {
  readonly #validate: ValidateFunction;

  private constructor(validate: ValidateFunction) {
    this.#validate = validate;
  }

  /**
   * @param name stands for the schema in errors.
   * @throws ConfigurationSchemaError
   */
  static parse(text: string, name: string): ConfigurationSchema {
    if (Buffer.byteLength(text) > mostBytes) throw new ConfigurationSchemaError(`${name} is larger than 1 MiB`);
    const schema = readSchema(text, name);
    try {
      return new ConfigurationSchema(validatorFor(schema, name).compile(schema));
    } catch (error) {
      if (error instanceof ConfigurationSchemaError) throw error;
      const reason = causeText(error);
      throw new ConfigurationSchemaError(`${name} is no JSON Schema that can be used: ${reason.slice(0, 500)}`);
    }
  }

  /**
   * Everything that is wrong with the values, where it stands; none when all is well. Values of settings that hold secrets
   * are not repeated.
   * @throws YamlEditError when the text is no YAML
   */
  problemsOf(values: string): readonly ConfigurationProblem[] {
    const text = values.replace(/^\uFEFF/, '');
    const yaml = parseYamlText(text);
    if (this.#validate(plainValue(yaml))) return [];
    const errors = this.#validate.errors ?? [];
    const found = new Map<string, ConfigurationProblem>();
    for (const error of errors.filter(({ keyword }) => !carriers.has(keyword))) {
      const problem = problemOf(error, yaml);
      found.set(`${String(problem.line)}:${String(problem.column)} ${problem.message}`, problem);
    }
    return [...found.values()].toSorted((a, b) => a.line - b.line || a.column - b.column).slice(0, mostProblems);
  }
}

/** What these say, others say more exactly. */
const carriers: ReadonlySet<string> = new Set(['if', 'propertyNames']);

function readSchema(text: string, name: string): Record<string, unknown> | boolean {
  let document: unknown;
  try {
    document = plainValue(parseYamlText(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    const reason = causeText(error);
    throw new ConfigurationSchemaError(`${name}:${reason}`);
  }
  if (typeof document === 'boolean') return document;
  if (typeof document === 'object' && document !== null && !Array.isArray(document)) {
    return document as Record<string, unknown>;
  }
  throw new ConfigurationSchemaError(`${name} is no JSON Schema: it must be an object`);
}

function validatorFor(schema: Record<string, unknown> | boolean, name: string): Pick<Ajv, 'compile'> {
  const draft = typeof schema === 'boolean' ? undefined : schema['$schema'];
  const said = typeof draft === 'string' ? draft.replace(/#$/, '').replace(/^https:/, 'http:') : undefined;
  switch (said) {
    case undefined:
    case 'http://json-schema.org/draft/2020-12/schema':
      return new Ajv2020(options);
    case 'http://json-schema.org/draft/2019-09/schema':
      return new Ajv2019(options);
    case 'http://json-schema.org/draft-07/schema':
      return new Ajv(options);
    default:
      throw new ConfigurationSchemaError(
        `${name} is of the draft ${JSON.stringify(said)}; draft-07, 2019-09 and 2020-12 are understood`,
      );
  }
}

function plainValue({ document }: YamlText): unknown {
  return document === undefined ? null : (document.toJS() as unknown);
}

function problemOf(error: ErrorObject, yaml: YamlText): ConfigurationProblem {
  const names = error.instancePath
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const superfluous = superfluousName(error);
  const offset = superfluous === undefined ? offsetOfValue(yaml, names) : offsetOfName(yaml, names, superfluous);
  const all = superfluous === undefined ? names : [...names, superfluous];
  const path = all.map((name) => name.replaceAll('.', '\\.')).join('.');
  const { line, column } = new YamlEditError(path, yaml.text, offset, '');
  return { path, line, column, message: `${path === '' ? 'the document' : path} ${wordsOf(error, path)}` };
}

/** The name that must not be there. */
function superfluousName({ keyword, params }: ErrorObject): string | undefined {
  const name: unknown =
    keyword === 'additionalProperties'
      ? params['additionalProperty']
      : keyword === 'unevaluatedProperties'
        ? params['unevaluatedProperty']
        : undefined;
  return typeof name === 'string' ? name : undefined;
}

function wordsOf(error: ErrorObject, path: string): string {
  const { keyword, params, message = 'is not as the schema asks' } = error;
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return 'is no setting that there may be';
    case 'required':
      return `must have the setting ${String(params['missingProperty'])}`;
    case 'enum':
      return `must be one of ${shownList(params['allowedValues'])}${found(error, path)}`;
    case 'const':
      return `must be ${JSON.stringify(params['allowedValue'])}${found(error, path)}`;
    case 'false schema':
      return 'is no setting that there may be';
    default:
      return `${message}${found(error, path)}`;
  }
}

function shownList(values: unknown): string {
  const list: readonly unknown[] = Array.isArray(values) ? values : [];
  const shown = list.slice(0, 10).map((value) => JSON.stringify(value));
  return list.length > 10 ? `${shown.join(', ')} or ${String(list.length - 10)} others` : shown.join(', ');
}

/** What stands there, when it is short and no secret. */
function found({ data }: ErrorObject, path: string): string {
  if (isSecretSetting(path) || !['string', 'number', 'boolean'].includes(typeof data)) return '';
  const shown = JSON.stringify(data);
  return shown.length > 80 ? '' : `, and is ${shown}`;
}
