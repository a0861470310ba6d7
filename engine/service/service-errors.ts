/** What was asked for does not exist. */
export class NotFoundError extends Error {
  override readonly name = 'NotFoundError';
}

/** What was asked for cannot be done as things are; the message says what can. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  /** Set when requirements of the rules are the reason. */
  readonly isRequirement: boolean;

  constructor(message: string, isRequirement = false) {
    super(message);
    this.isRequirement = isRequirement;
  }
}

/** The promotion was written by a newer engine, which alone may change it. */
export class NewerEngineError extends Error {
  override readonly name = 'NewerEngineError';
  constructor(promotionId: string, found: number, known: number) {
    super(
      `${promotionId} was written by a newer version (state ${String(found)}, known here ${String(known)}); use that version`,
    );
  }
}
