import { createMiddleware } from 'hono/factory';
import { ProblemError } from '../problems/problem.ts';

/** Which no form and no other site can send without being asked for leave, which is never given. */
export const commandHeader = 'X-Promotion-Request';
/** Under this name the API's document says that a command wants it. */
export const commandScheme = 'command';

/**
 * Lets commands in only from this site and from programs: JSON with a header of our own, which a browser lets another
 * site send only after asking, and by what browsers themselves say of where a request comes from.
 * @param publicOrigin where people reach the server, when a proxy gives it another name. Default: by the Host header.
 */
export function refuseCrossSite(publicOrigin: string | undefined) {
  return createMiddleware(async (context, next) => {
    const { method } = context.req;
    if (method === 'GET' || method === 'HEAD') return next();
    const site = context.req.header('Sec-Fetch-Site');
    if (site !== undefined && site !== 'same-origin') {
      throw new ProblemError('cross-site', `the browser says that the request comes from elsewhere (${site})`, {
        remedy: 'open the promotion UI itself and ask there',
      });
    }
    const origin = context.req.header('Origin');
    if (origin !== undefined && !isOwn(origin, context.req.header('Host'), publicOrigin)) {
      throw new ProblemError('cross-site', 'the request comes from a page of another site', {
        remedy: 'open the promotion UI itself and ask there',
      });
    }
    if (!isJson(context.req.header('Content-Type'))) {
      throw new ProblemError('not-json', 'the body has to be JSON', { remedy: 'send Content-Type: application/json' });
    }
    if (context.req.header(commandHeader) === undefined) {
      throw new ProblemError('cross-site', `the header ${commandHeader} is missing`, {
        remedy: `send ${commandHeader}: 1 with every command, by which other sites are told apart`,
      });
    }
    return next();
  });
}

function isOwn(origin: string, host: string | undefined, publicOrigin: string | undefined): boolean {
  if (origin === publicOrigin) return true;
  return URL.canParse(origin) && host !== undefined && new URL(origin).host === host.toLowerCase();
}

function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/json\s*(;|$)/i.test(contentType);
}
