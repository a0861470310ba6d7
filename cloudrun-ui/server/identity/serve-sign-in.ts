import type { ServerApplication, ServerContext } from '../endpoint/serve-endpoint.ts';
import { OidcIdentity, signInPaths, type Redirect } from './oidc-identity.ts';
import type { Identity } from './identity.ts';

/** The way in and out where the server itself signs people in; elsewhere there is none. */
export function serveSignIn(application: ServerApplication, identity: Identity): void {
  if (!(identity instanceof OidcIdentity)) return;
  application.get(signInPaths.begin, async (context) => send(context, await identity.begin(context.req.query('to'))));
  application.get(signInPaths.callback, async (context) =>
    send(context, await identity.finish({ headers: context.req.raw.headers, url: new URL(context.req.url) })),
  );
  application.post(signInPaths.end, async (context) => {
    context.header('Set-Cookie', await identity.end(context.req.raw.headers));
    context.header('Clear-Site-Data', '"cache"');
    return context.json({ signedOut: true });
  });
}

function send(context: ServerContext, { to, cookies }: Redirect): Response {
  for (const cookie of cookies) context.header('Set-Cookie', cookie, { append: true });
  context.header('Cache-Control', 'no-store');
  return context.redirect(to, 302);
}
