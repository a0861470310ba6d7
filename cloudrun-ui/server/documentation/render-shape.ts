import { html } from 'hono/html';
import type { ReferenceObject, SchemaObject } from 'openapi3-ts/oas31';

export type Html = ReturnType<typeof html>;

/** A JSON Schema as people read it: its fields below each other, what has a name of its own as a link. */
export function renderShape(schema: SchemaObject | ReferenceObject | undefined): Html {
  if (schema === undefined) return html``;
  if ('$ref' in schema) {
    const name = schema.$ref.split('/').at(-1);
    return html`<a href="#shape-${name}">${name}</a>`;
  }
  const either = schema.oneOf ?? schema.anyOf;
  if (either !== undefined)
    return html`${either.map((each, index) => html`${index === 0 ? '' : ' or '}${renderShape(each)}`)}`;
  if (schema.allOf !== undefined) return html`${schema.allOf.map((each) => html`${renderShape(each)} `)}`;
  if (schema.properties !== undefined) return renderFields(schema);
  if (schema.items !== undefined) return html`list of ${renderShape(schema.items)}`;
  return html`<span class="dim">${wordsOf(schema)}</span> ${schema.description ?? ''}`;
}

function renderFields({ properties = {}, required = [] }: SchemaObject): Html {
  return html`<ul class="shape">
    ${Object.entries(properties).map(
      ([name, field]) =>
        html`<li>
          <code>${name}</code>${required.includes(name) ? '' : html` <span class="dim">optional</span>`}
          ${renderShape(field)}
        </li>`,
    )}
  </ul>`;
}

function wordsOf({ type, enum: values, const: only, format, pattern, minimum, maximum }: SchemaObject): string {
  const types = Array.isArray(type) ? type.join(' or ') : (type ?? 'anything');
  const bounds = [
    only === undefined ? '' : JSON.stringify(only),
    values === undefined ? '' : values.map((each) => JSON.stringify(each)).join(', '),
    format ?? '',
    pattern ?? '',
    minimum === undefined ? '' : `≥ ${String(minimum)}`,
    maximum === undefined ? '' : `≤ ${String(maximum)}`,
  ].filter((each) => each !== '');
  return bounds.length === 0 ? types : `${types}: ${bounds.join(' ')}`;
}
