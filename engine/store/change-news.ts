/** Something has changed, in whichever process; what it is now, the store says. */
export type ChangeNews =
  | { readonly kind: 'promotions'; readonly ids: readonly string[] }
  /** Something that belongs to no promotion: a hold, a freeze, a role, a release. */
  | { readonly kind: 'settings' }
  /** Nobody knows what: news may have been missed. */
  | { readonly kind: 'everything' };

export type ChangeListener = (news: ChangeNews) => void;

/** Tells within moments that something has changed. It may tell what it has told before, and, when a process dies, not at all. */
export interface ChangeSource {
  /** @returns what ends it. */
  subscribe(listener: ChangeListener): () => void;
}
