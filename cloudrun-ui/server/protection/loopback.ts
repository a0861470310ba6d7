import { BlockList, isIP } from 'node:net';
import { createMiddleware } from 'hono/factory';
import { ProblemError } from '../problems/problem.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address or a name means this machine and no other. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const version = isIP(bare);
  if (version === 0) return bare === 'localhost';
  return loopback.check(bare, version === 6 ? 'ipv6' : 'ipv4');
}

/** Answers only to names of this machine: a page of elsewhere can have its own name lead here. */
export const answerToLoopbackOnly = createMiddleware(async (context, next) => {
  const host = context.req.header('Host');
  if (host === undefined || !URL.canParse(`http://${host}`) || !isLoopback(new URL(`http://${host}`).hostname)) {
    throw new ProblemError('misdirected', 'nobody signs in here, so it answers only to names of this machine', {
      remedy: 'open it as http://127.0.0.1 with its port, or set up a sign-in (docs/api.md)',
    });
  }
  return next();
});
