import type { Change } from './change.ts';

/** With what of the installation the answer of a query changes. A query that says nothing changes with settings. */
export type Concern =
  | { readonly kind: 'promotion'; readonly id: string }
  /** Any promotion of an application. */
  | { readonly kind: 'application'; readonly application: string }
  | { readonly kind: 'any-promotion' }
  | { readonly kind: 'settings' }
  /** It stays as it is, or is kept fresh in another way. */
  | { readonly kind: 'nothing' };

/** Where promotions belong, as far as that is known. */
export type ApplicationOf = (promotionId: string) => string | undefined;

/** Whether an answer may be another one now. A promotion of which nobody knows where it belongs concerns every application. */
export function isConcerned(concern: Concern, change: Change, applicationOf: ApplicationOf): boolean {
  const { promotions, settings, everything } = change;
  if (concern.kind === 'nothing') return false;
  if (everything) return true;
  switch (concern.kind) {
    case 'promotion':
      return promotions.has(concern.id);
    case 'application':
      return (
        settings || [...promotions].some((id) => (applicationOf(id) ?? concern.application) === concern.application)
      );
    case 'any-promotion':
      return settings || promotions.size > 0;
    case 'settings':
      return settings;
  }
}
