import { z } from 'zod';
import { tableNameSchema } from '../contract/database-function-api.ts';
import { actionSchema } from './action-schema.ts';
import { nameSchema } from './names.ts';
import { templateSchema } from './templates.ts';

const pathSchema = z.string().regex(/^\/\S*$/, 'must be a path that begins with /');

const endpointSchema = z.strictObject({
  service: nameSchema,
  path: pathSchema,
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).default('GET'),
});
export type Endpoint = z.infer<typeof endpointSchema>;

/** How the application's access tokens are signed, so that wrong ones can be made to be refused. */
const jwtSchema = z.strictObject({
  secret: templateSchema(['env', 'app']).describe('Name of the secret that signs them (HS256), never its value.'),
  issuer: z.string().min(1).optional(),
  audience: z.string().min(1).optional(),
  subject: z.string().min(1).default('promotion-test'),
});
export type JwtTesting = z.infer<typeof jwtSchema>;

/** What `promote test` must know of an application to test an environment: tables, tokens, and who calls whom. */
export const testingSchema = z
  .strictObject({
    expectedTables: z.array(tableNameSchema).default([]).describe('Tables that the database must have.'),
    jwt: jwtSchema.optional(),
    protectedEndpoints: z
      .array(endpointSchema)
      .default([])
      .describe('Must refuse (401 or 403) a request without a token, and with an expired, forged or unsigned one.'),
    sensitiveEndpoints: z
      .array(endpointSchema)
      .default([])
      .describe('Must not answer with success without credentials.'),
    integrations: z
      .array(
        z.strictObject({
          service: nameSchema,
          path: pathSchema,
          calls: nameSchema.describe('The service that the answer needs.'),
          contains: z.string().min(1).optional().describe('Text that the answer has only when the other one answered.'),
        }),
      )
      .default([])
      .describe('Addresses of one service whose answer needs another.'),
    custom: z
      .array(z.strictObject({ name: nameSchema, action: actionSchema }))
      .default([])
      .describe("Tests of the team's own; those that verify promotions into the environment run beside them."),
  })
  .refine(({ protectedEndpoints, jwt }) => protectedEndpoints.length === 0 || jwt !== undefined, {
    error: 'must be how tokens are signed, because protectedEndpoints are tried with an expired one',
    path: ['jwt'],
  })
  .prefault({});
export type Testing = z.infer<typeof testingSchema>;
