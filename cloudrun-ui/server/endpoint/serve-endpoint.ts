import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { Actor } from '../../../engine/promotion-service.ts';
import type { ServerPorts } from '../server-ports.ts';
import { answerOnce } from './answer-once.ts';
import type { Asked, Endpoint } from './endpoint.ts';
import { answerUnlessKnown } from './entity-tag.ts';
import { Serialised } from './serialised.ts';

/** What middleware leaves for endpoints. */
export interface RequestVariables {
  actor: Actor;
}
export interface ServerEnvironment {
  Variables: RequestVariables;
}
export type ServerApplication = OpenAPIHono<ServerEnvironment>;
export type ServerContext = Context<ServerEnvironment>;

/** Has an endpoint answer in an application, and stand in its document. */
export function serveEndpoint(application: ServerApplication, ports: ServerPorts, endpoint: Endpoint): void {
  application.openapi(endpoint.route, async (context) => {
    const asked = askedOf(context, endpoint);
    const answer = async (): Promise<Serialised> => Serialised.of(await endpoint.handle(ports, asked));
    if (endpoint.kind === 'query') return answerUnlessKnown(context, await answer());
    const text = await answerOnce(ports.answers, context, asked, async () => {
      try {
        return (await answer()).text;
      } finally {
        ports.shared.change();
      }
    });
    return context.body(text, endpoint.status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' });
  });
}

function askedOf(context: ServerContext, { kind }: Endpoint): Asked<unknown, unknown, unknown> {
  const valid = (target: 'param' | 'query' | 'json' | 'header'): unknown => context.req.valid(target as never);
  const headers = kind === 'command' ? (valid('header') as { readonly 'idempotency-key'?: string }) : {};
  return {
    actor: context.get('actor'),
    params: valid('param') ?? {},
    query: valid('query') ?? {},
    body: kind === 'command' ? valid('json') : {},
    idempotencyKey: headers['idempotency-key'],
    signal: context.req.raw.signal,
  };
}
