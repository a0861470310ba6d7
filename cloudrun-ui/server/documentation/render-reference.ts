import { html } from 'hono/html';
import type { OpenAPIObject, OperationObject, ParameterObject, ResponseObject } from 'openapi3-ts/oas31';
import { problemKinds } from '../problems/problem.ts';
import { renderShape, type Html } from './render-shape.ts';

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly about: OperationObject;
}

/** The document as a page that people read: every operation below what it is about, every shape, every problem. */
export function renderReference(document: OpenAPIObject): Html {
  const operations = operationsOf(document);
  const tags = document.tags ?? [];
  const schemas = Object.entries(document.components?.schemas ?? {});
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${document.info.title}</title>
        <link rel="stylesheet" href="/docs/style.css" />
      </head>
      <body>
        <nav aria-label="Operations">
          ${tags.map(
            ({ name }) =>
              html`<strong>${name}</strong>${operationsWith(operations, name).map(
                  ({ about }) => html`<a href="#${about.operationId}">${wordsOf(about)}</a>`,
                )}`,
          )}
          <strong>More</strong><a href="#shapes">Shapes</a><a href="#problems">Problems</a>
        </nav>
        <main>
          <h1>${document.info.title}</h1>
          <p>
            ${document.info.description} The same as a document for programs: <a href="/openapi.json">openapi.json</a>.
          </p>
          ${tags.map(
            ({ name, description }) =>
              html`<h2>${name}</h2>
                <p>${description}</p>
                ${operationsWith(operations, name).map(renderOperation)}`,
          )}
          <h2 id="shapes">Shapes</h2>
          ${schemas.map(
            ([name, schema]) =>
              html`<article id="shape-${name}">
                <h3>${name}</h3>
                ${renderShape(schema)}
              </article>`,
          )}
          <h2 id="problems">Problems</h2>
          <p>What is refused or fails is answered as <code>application/problem+json</code> (RFC 9457).</p>
          <table>
            ${Object.entries(problemKinds).map(
              ([code, { status, title }]) =>
                html`<tr id="${code}">
                  <td><code>${code}</code></td>
                  <td>${status}</td>
                  <td>${title}</td>
                </tr>`,
            )}
          </table>
        </main>
      </body>
    </html>`;
}

function operationsOf({ paths = {} }: OpenAPIObject): readonly Operation[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    (['get', 'post'] as const).flatMap((method) => {
      const about = item[method];
      return about === undefined ? [] : [{ method: method.toUpperCase(), path, about }];
    }),
  );
}

function operationsWith(operations: readonly Operation[], tag: string): readonly Operation[] {
  return operations.filter(({ about }) => about.tags?.includes(tag) === true);
}

/** `show promotion` of `showPromotion`. */
function wordsOf({ operationId = '' }: OperationObject): string {
  return operationId.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function renderOperation({ method, path, about }: Operation): Html {
  const parameters = (about.parameters ?? []).filter((each): each is ParameterObject => 'name' in each);
  const body = about.requestBody;
  return html`<article id="${about.operationId}">
    <h3>${wordsOf(about)}</h3>
    <p><code>${method} ${path}</code></p>
    <p>${about.summary} ${about.description ?? ''}</p>
    ${
      parameters.length === 0
        ? ''
        : html`<table>
            ${parameters.map(
              ({ name, in: place, required, description, schema }) =>
                html`<tr>
                  <td><code>${name}</code></td>
                  <td class="dim">${place}${required === true ? '' : ', optional'}</td>
                  <td>${schema === undefined ? '' : renderShape(schema)} ${description ?? ''}</td>
                </tr>`,
            )}
          </table>`
    }
    ${
      body === undefined || !('content' in body)
        ? ''
        : html`<h4>Body</h4>
            ${renderShape(body.content['application/json']?.schema)}`
    }
    <h4>Answers</h4>
    <table>
      ${Object.entries((about.responses ?? {}) as Record<string, ResponseObject>).map(
        ([status, { description, content = {} }]) =>
          html`<tr>
            <td>${status}</td>
            <td>${Number(status) < 300 ? renderShape(Object.values(content)[0]?.schema) : description}</td>
          </tr>`,
      )}
    </table>
  </article>`;
}
