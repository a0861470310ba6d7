import type { Serialised } from './serialised.ts';
import type { ServerContext } from './serve-endpoint.ts';

/** Answers with an entity tag of the content, and with nothing but that to whoever has the same already. */
export function answerUnlessKnown(context: ServerContext, { text, tag }: Serialised): Response {
  const headers = { ETag: tag, 'Cache-Control': 'private, no-cache', Vary: 'Cookie' };
  const known = context.req.header('If-None-Match');
  if (known !== undefined && tagsOf(known).includes(tag)) return context.body(null, 304, headers);
  return context.body(text, 200, { ...headers, 'Content-Type': 'application/json' });
}

/** Compared weakly (RFC 9110, section 13.1.2): whoever packed the answer on its way has marked the tag so. */
function tagsOf(header: string): readonly string[] {
  return header.split(',').map((each) => each.trim().replace(/^W\//, ''));
}
