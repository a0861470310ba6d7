import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { Endpoint } from '../endpoint/endpoint.ts';
import { ProblemError } from '../problems/problem.ts';

/** Refuses bodies that are longer than any that is meant, before they are read: most are short, those of a few operations not. */
export function limitBodies(usualBytes: number, endpoints: readonly Endpoint[]) {
  const usual = limit(usualBytes);
  const others = endpoints.flatMap(({ route, bodyBytes }) =>
    bodyBytes === undefined ? [] : [{ path: patternOf(route.path), limit: limit(bodyBytes) }],
  );
  return createMiddleware((context, next) => {
    const { method, path } = context.req;
    const own = method === 'POST' ? others.find((each) => each.path.test(path)) : undefined;
    return (own?.limit ?? usual)(context, next);
  });
}

function limit(bytes: number) {
  return bodyLimit({
    maxSize: bytes,
    onError: () => {
      throw new ProblemError('too-large', `the body has more than ${String(bytes)} bytes`, {
        remedy: 'say it in fewer words',
      });
    },
  });
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);
}
