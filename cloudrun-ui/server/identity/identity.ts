import type { Actor } from '../../../engine/promotion-service.ts';

/** What of a request can tell who asks. */
export interface IdentityRequest {
  readonly headers: Headers;
  readonly url: URL;
}

/** Who asks, as far as somebody vouches for it. */
export type Identified =
  | { readonly kind: 'known'; readonly actor: Actor }
  /** @property why one sentence, and what to do. */
  | { readonly kind: 'unknown'; readonly why: string };

/** How people prove who they are; the service decides what they may. */
export interface Identity {
  /** `development`: nobody proves anything, so that the server must answer on this machine alone. */
  readonly kind: 'development' | 'iap' | 'oidc';
  identify(request: IdentityRequest): Promise<Identified>;
}
