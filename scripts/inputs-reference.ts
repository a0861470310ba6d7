import { boundOf } from '../constructs/inputs/input-check.ts';
import { documentedInputs, propertyName, type DocumentedInput } from '../constructs/inputs/documented-inputs.ts';

const typescriptTypes = {
  string: 'string',
  bool: 'boolean',
  number: 'number',
  'list(string)': 'readonly string[]',
} as const;

/** constructs/inputs/documented-props.ts, before formatting. */
export function documentedPropsSource(): string {
  return [
    "import type { SecretInput } from './secret-input.ts';",
    '',
    '/** The 31 documented inputs. Written by `npm run build:inputs` from documented-inputs.ts; edit that. */',
    'export interface DocumentedProps {',
    ...documentedInputs.map(propertySource),
    '}',
    '',
  ].join('\n');
}

function propertySource(input: DocumentedInput): string {
  const isRequired = input.default === undefined;
  const type = input.check.kind === 'secret' ? 'SecretInput' : typescriptTypes[input.type];
  const lines = [
    `${input.description}.`,
    '',
    ...(input.unit === undefined ? [] : [`Unit: ${input.unit}.`]),
    `${subject(input)} ${boundOf(input.check)}.`,
    ...(isRequired ? [] : [`@default ${JSON.stringify(input.default)}`]),
    `@example ${JSON.stringify(input.example)}`,
  ];
  return [
    '  /**',
    ...lines.map((line) => (line === '' ? '   *' : `   * ${line}`)),
    '   */',
    `  readonly ${propertyName(input.name)}${isRequired ? '' : '?'}: ${type};`,
  ].join('\n');
}

const subject = ({ type }: DocumentedInput): string => (type === 'list(string)' ? 'Each' : 'It');

/** The table of docs/inputs.md. */
export function inputsTable(): string {
  const head = ['| Input | In TypeScript | Type | Default | What it is |', '| --- | --- | --- | --- | --- |'];
  const rows = documentedInputs.map((input) => {
    const fallback = input.default === undefined ? 'required' : `\`${JSON.stringify(input.default)}\``;
    const about = `${input.description}. ${subject(input)} ${boundOf(input.check)}.`.replaceAll('|', '\\|');
    return `| \`${input.name}\` | \`${propertyName(input.name)}\` | \`${input.type}\` | ${fallback} | ${about} |`;
  });
  return [...head, ...rows].join('\n');
}
