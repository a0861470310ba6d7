/** The installation cannot be used as it is, for a reason that the person in front of it can remove. */
export class SetupError extends Error {
  override readonly name = 'SetupError';
  /** One sentence or command: what to do. */
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}
