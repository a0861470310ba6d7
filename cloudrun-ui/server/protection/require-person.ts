import { getConnInfo } from '@hono/node-server/conninfo';
import { createMiddleware } from 'hono/factory';
import type { ServerEnvironment } from '../endpoint/serve-endpoint.ts';
import type { Identity } from '../identity/identity.ts';
import { ProblemError } from '../problems/problem.ts';
import type { Allowance } from './allowance.ts';

/** Lets in whoever somebody vouches for, as often as one person may ask; strangers are counted by their address. */
export function requirePerson(identity: Identity, allowance: Allowance) {
  return createMiddleware<ServerEnvironment>(async (context, next) => {
    const identified = await identity.identify({ headers: context.req.raw.headers, url: new URL(context.req.url) });
    const who = identified.kind === 'known' ? `person ${identified.actor.id}` : `address ${addressOf(context)}`;
    refuseTooOften(allowance.take(who));
    if (identified.kind === 'unknown') throw new ProblemError('not-signed-in', identified.why);
    context.set('actor', identified.actor);
    return next();
  });
}

/** The same where nobody can be signed in yet. */
export function limitStrangers(allowance: Allowance) {
  return createMiddleware<ServerEnvironment>(async (context, next) => {
    refuseTooOften(allowance.take(`address ${addressOf(context)}`));
    return next();
  });
}

function refuseTooOften(waitSeconds: number): void {
  if (waitSeconds === 0) return;
  throw new ProblemError('too-many-requests', 'too many requests came from you in a short time', {
    remedy: `ask again in ${String(Math.ceil(waitSeconds))} s`,
    headers: { 'Retry-After': String(Math.ceil(waitSeconds)) },
  });
}

function addressOf(context: Parameters<typeof getConnInfo>[0]): string {
  // In tests that ask without a socket there is none.
  return context.env === undefined ? 'none' : (getConnInfo(context).remote.address ?? 'none');
}
