import { parse } from 'hono/utils/cookie';
import type { Actor } from '../../../engine/promotion-service.ts';
import type { Identified, Identity, IdentityRequest } from './identity.ts';

/** Names the person who is spoken for. */
export const developmentCookie = 'promotion-person';

/**
 * Whoever uses this machine, for whom nobody vouches: for local mode, where the server answers to this machine alone. He may
 * speak for somebody else, such as for a second approver, who is recorded as said by him, and then has no more than bindings
 * and rules give that person.
 */
export class DevelopmentIdentity implements Identity {
  readonly kind = 'development';
  readonly #user: Actor;

  /** @param user with the roles that local mode gives him. */
  constructor(user: Actor) {
    this.#user = user;
  }

  identify({ headers }: IdentityRequest): Promise<Identified> {
    const person = parse(headers.get('Cookie') ?? '', developmentCookie)[developmentCookie];
    if (person === undefined || person === '' || person === this.#user.id) {
      return Promise.resolve({ kind: 'known', actor: { ...this.#user, via: 'ui' } });
    }
    // What is told of such a person is the same as with --as at a command line: unverified, and said by whom.
    const actor: Actor = { id: person, verified: false, roles: [], via: 'cli-as', spokenForBy: this.#user.id };
    return Promise.resolve({ kind: 'known', actor });
  }
}
