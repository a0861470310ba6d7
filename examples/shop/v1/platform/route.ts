import type { IncomingHttpHeaders } from 'node:http';
import type { Reply } from './reply.ts';

export interface ServiceRequest {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Names this request in the logs of every service it passes. */
  readonly requestId: string;
  /** Parses the body as JSON. @throws RequestProblem 400, 413 or 415 */
  readonly readJson: () => Promise<unknown>;
}

export interface Route {
  readonly method: 'GET' | 'POST';
  /** `/orders/:id`; what follows a colon becomes a parameter. */
  readonly pattern: string;
  readonly handle: (request: ServiceRequest) => Promise<Reply> | Reply;
}

export type RouteMatch =
  | { readonly kind: 'found'; readonly route: Route; readonly parameters: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' };

function matchPattern(pattern: string, path: string): Record<string, string> | undefined {
  const expected = pattern.split('/');
  const actual = path.split('/');
  if (expected.length !== actual.length) return undefined;
  const parameters: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const given = actual[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== given) return undefined;
      continue;
    }
    try {
      parameters[part.slice(1)] = decodeURIComponent(given);
    } catch {
      return undefined;
    }
  }
  return parameters;
}

/** Finds the route of a request; the first that fits, so fixed paths stand before those with parameters. */
export function matchRoute(routes: readonly Route[], method: string, path: string): RouteMatch {
  const allowed = new Set<string>();
  for (const route of routes) {
    const parameters = matchPattern(route.pattern, path);
    if (parameters === undefined) continue;
    if (route.method === method) return { kind: 'found', route, parameters };
    allowed.add(route.method);
  }
  return allowed.size > 0 ? { kind: 'wrong-method', allowed: [...allowed] } : { kind: 'unknown' };
}
