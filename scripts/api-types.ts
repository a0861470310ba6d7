import { OpenAPIHono } from '@hono/zod-openapi';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { apiDocument } from '../cloudrun-ui/server/documentation/api-document.ts';
import type { ServerEnvironment } from '../cloudrun-ui/server/endpoint/serve-endpoint.ts';
import { allEndpoints } from '../cloudrun-ui/server/endpoints/all-endpoints.ts';

const head = `/** The API's types, written by \`npm run build:api\` from what the server serves. */\n\n`;

/** The types of everything that the API takes and answers, as the web's client reads them. */
export async function apiTypes(): Promise<string> {
  const application = new OpenAPIHono<ServerEnvironment>();
  for (const { route } of allEndpoints) application.openAPIRegistry.registerPath(route);
  const document = apiDocument(application, '0');
  // What has a default need not be sent.
  const nodes = await openapiTypescript(JSON.stringify(document), { defaultNonNullable: false });
  return `${head}${astToString(nodes)}`;
}
