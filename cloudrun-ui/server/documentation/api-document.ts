import type { OpenAPIObject, SecuritySchemeObject } from 'openapi3-ts/oas31';
import { tags } from '../endpoint/endpoint.ts';
import type { ServerApplication } from '../endpoint/serve-endpoint.ts';
import { commandHeader, commandScheme } from '../protection/refuse-cross-site.ts';

/** The OpenAPI document of everything that an application serves. */
export function apiDocument(application: ServerApplication, version: string): OpenAPIObject {
  const document = application.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Promotion Process API',
      version,
      description:
        'Promotes releases between environments. Everything that the web does, it does by this; commands are JSON sent by POST with the header X-Promotion-Request, and take an Idempotency-Key.',
    },
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
  });
  const header: SecuritySchemeObject = {
    type: 'apiKey',
    in: 'header',
    name: commandHeader,
    description:
      'Says that a command is meant, whatever it is set to: no other site can send it along with your cookies.',
  };
  return { ...document, components: { ...document.components, securitySchemes: { [commandScheme]: header } } };
}
