/** An idempotency key belongs to whoever made it up. */
export interface AnswerKey {
  readonly person: string;
  readonly key: string;
}

export type AnswerClaim =
  /** It is for the caller to carry out, who says under this claim what came of it. */
  | { readonly kind: 'claimed'; readonly claim: string }
  | { readonly kind: 'answered'; readonly answer: string }
  /** Somebody else carries it out at this moment. */
  | { readonly kind: 'under-way' }
  | { readonly kind: 'other-request' };

/** What commands answered, so that one which is sent again is not carried out again. Kept for a day. */
export interface AnswerStore {
  /**
   * Claims a key for a request. A claim that nobody has renewed for a while, and that was neither answered nor given up, can
   * be claimed again: whoever carried it out is gone.
   * @param request tells requests apart, such as a hash.
   */
  claim(key: AnswerKey, request: string): Promise<AnswerClaim>;
  /** Says that it is still being carried out; to be said every few seconds. */
  renew(key: AnswerKey, claim: string): Promise<void>;
  keep(key: AnswerKey, claim: string, answer: string): Promise<void>;
  /** Frees a key whose request was refused. */
  forget(key: AnswerKey, claim: string): Promise<void>;
}
