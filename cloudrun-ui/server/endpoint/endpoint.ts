import { createRoute, z } from '@hono/zod-openapi';
import type { ZodObject, ZodType } from 'zod';
import type { Actor, Command } from '../../../engine/promotion-service.ts';
import { problemResponses, queryProblems } from '../problems/problem-responses.ts';
import type { ProblemKind } from '../problems/problem.ts';
import { commandScheme } from '../protection/refuse-cross-site.ts';
import type { ServerPorts } from '../server-ports.ts';
import { idempotencyHeader } from './idempotency-header.ts';
import type { Serialised } from './serialised.ts';
import type { Told } from './told.ts';

/** Under which the documentation lists endpoints, with what each is about. */
export const tags = {
  People: 'Who asks, and who may do what.',
  Overview: 'What runs where, and what waits for whom.',
  Promotions: 'Promotions: asking for one, its plan, its course, and what people decide about it.',
  Rollbacks: 'Taking promotions back.',
  History: 'What is over, what changed, and how it went.',
  Releases: 'What can be promoted.',
  Environments: 'Environments, compared and looked into.',
  Configuration: 'Values of environments, and how they changed.',
  Rules: 'What is demanded of whom.',
  Calendar: 'Holds and freezes.',
  Audit: 'The audit trail.',
} as const;
export type Tag = keyof typeof tags;

/** A request that was understood. */
export interface Asked<Params, Query, Body> {
  readonly actor: Actor;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Of a command, unique to whoever asks. */
  readonly idempotencyKey: string | undefined;
  /** Aborted when whoever asked has gone. */
  readonly signal: AbortSignal;
}

interface EndpointOptions<
  Params extends ZodObject,
  Query extends ZodObject,
  Body extends ZodObject,
  Answer extends ZodType,
> {
  readonly path: string;
  readonly tag: Tag;
  /** A few words; the operation's name for clients is made of them. */
  readonly name: string;
  /** The permission that it asks for. Left out: whoever is known may. */
  readonly asks?: Command;
  /** One sentence. */
  readonly summary: string;
  readonly params?: Params;
  readonly query?: Query;
  readonly answer: Answer;
  /** Default: 200. */
  readonly status?: 200 | 201 | 202;
  /** How long its body may be. Default: as long as that of any other. */
  readonly bodyBytes?: number;
  /** Which problems it may answer beside those that every endpoint may. */
  readonly problems?: readonly ProblemKind[];
  handle(
    ports: ServerPorts,
    asked: Asked<z.output<Params>, z.output<Query>, z.output<Body>>,
  ): Promise<Told<z.output<Answer>> | Serialised>;
}

/** One operation of the API, as the server, the document and tests read it. */
export interface Endpoint {
  readonly kind: 'query' | 'command';
  /** The permission that it asks for; undefined: whoever is known may. */
  readonly asks: Command | undefined;
  readonly route: ReturnType<typeof createRoute>;
  readonly status: 200 | 201 | 202;
  /** How long its body may be; undefined: as long as that of any other. */
  readonly bodyBytes: number | undefined;
  handle(ports: ServerPorts, asked: Asked<unknown, unknown, unknown>): Promise<unknown>;
}

const noWords = z.strictObject({});
type NoParams = typeof noWords;

/** Something to look at; it changes nothing. */
export function query<
  Params extends ZodObject = NoParams,
  Query extends ZodObject = typeof noWords,
  Answer extends ZodType = ZodType,
>(options: EndpointOptions<Params, Query, typeof noWords, Answer>): Endpoint {
  return toEndpoint('query', options, undefined);
}

/** Something to do: a POST with a JSON body, which can be sent again under the same idempotency key. */
export function command<
  Params extends ZodObject = NoParams,
  Body extends ZodObject = typeof noWords,
  Answer extends ZodType = ZodType,
>(options: EndpointOptions<Params, typeof noWords, Body, Answer> & { readonly body: Body }): Endpoint {
  return toEndpoint('command', options, options.body);
}

function toEndpoint<Params extends ZodObject, Query extends ZodObject, Body extends ZodObject, Answer extends ZodType>(
  kind: Endpoint['kind'],
  options: EndpointOptions<Params, Query, Body, Answer>,
  body: Body | undefined,
): Endpoint {
  const { path, tag, name, asks, summary, params, query: words, answer, status = 200, problems = [] } = options;
  const route = createRoute({
    method: kind === 'query' ? 'get' : 'post',
    path,
    tags: [tag],
    operationId: name.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase()),
    summary,
    ...(kind === 'command' ? { security: [{ [commandScheme]: [] }] } : {}),
    ...(asks === undefined ? {} : { description: `Asks for the permission \`${asks}\`.` }),
    request: {
      ...(params === undefined ? {} : { params }),
      query: words ?? noWords,
      ...(kind === 'command' ? { headers: idempotencyHeader } : {}),
      ...(body === undefined ? {} : { body: { required: true, content: { 'application/json': { schema: body } } } }),
    },
    responses: {
      [status]: { description: summary, content: { 'application/json': { schema: answer } } },
      ...(kind === 'query'
        ? { 304: { description: 'It is as it was: the entity tag that was sent still holds.' } }
        : {}),
      ...problemResponses([...problems, ...(kind === 'query' ? queryProblems : commandProblems)]),
    },
  });
  return {
    kind,
    asks,
    route,
    status,
    bodyBytes: options.bodyBytes,
    handle: (ports, asked) => options.handle(ports, asked as Asked<z.output<Params>, z.output<Query>, z.output<Body>>),
  };
}

const commandProblems: readonly ProblemKind[] = [
  ...queryProblems,
  'cross-site',
  'key-in-use',
  'key-reused',
  'too-large',
  'not-json',
];
