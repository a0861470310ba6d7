import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { html } from 'hono/html';
import type { Context } from 'hono';
import { nonceVariable } from '../protection/security-headers.ts';
import { ProblemError } from '../problems/problem.ts';
import type { ServerApplication } from '../endpoint/serve-endpoint.ts';

/** Stands in `index.html` where the page's styles and scripts carry the answer's own nonce. */
export const noncePlaceholder = '__CSP_NONCE__';

/** Files whose names hold a hash of what is in them. */
const immutablePath = /^\/assets\//;

/**
 * Serves the web: its files as they are, and its one page at every other path that a browser asks for as a page.
 * @param folder with `index.html`; undefined, or without one: the page says how it is built.
 */
export function serveWeb(application: ServerApplication, folder: string | undefined): void {
  if (folder !== undefined) {
    const files = serveStatic({
      root: folder,
      precompressed: true,
      // The page itself is written below, with its nonce.
      index: 'no-such-index',
      onFound: (_path, context) => {
        const isImmutable = immutablePath.test(context.req.path);
        context.header('Cache-Control', isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    application.get('*', (context, next) => (context.req.path === '/index.html' ? next() : files(context, next)));
  }
  application.get('*', async (context) => {
    if (!isPage(context)) {
      throw new ProblemError('not-found', `there is nothing at ${context.req.path}`, {
        remedy: '/docs lists everything that there is',
      });
    }
    const page = folder === undefined ? undefined : await readPage(folder);
    context.header('Cache-Control', 'no-store');
    if (page === undefined) return context.html(notBuilt, 503);
    return context.html(page.replaceAll(noncePlaceholder, String(context.get(nonceVariable as never))));
  });
}

/** Programs that mistyped an address are better told so than given a page. */
function isPage({ req }: Context): boolean {
  const { path } = req;
  if (path.startsWith('/api/') || path === '/api') return false;
  return (
    (req.header('Accept') ?? '').includes('text/html') && (path === '/index.html' || !/\.[a-z0-9]{1,5}$/i.test(path))
  );
}

async function readPage(folder: string): Promise<string | undefined> {
  try {
    return await readFile(join(folder, 'index.html'), 'utf8');
  } catch {
    return undefined;
  }
}

const notBuilt = html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <title>Promotion Process</title>
      <link rel="stylesheet" href="/docs/style.css" />
    </head>
    <body>
      <main>
        <h1>The web is not built here</h1>
        <p>The server answers, and the pages are not there yet. Build them, then load this page again:</p>
        <pre>npm run build:web</pre>
        <p>Meanwhile <a href="/docs">the API</a> can be used, and every command of <code>promote</code>.</p>
      </main>
    </body>
  </html>`;
