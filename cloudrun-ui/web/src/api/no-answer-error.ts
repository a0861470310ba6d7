/** Nothing came back: whether something was done, nobody knows here. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly remedy: string;

  constructor(method: string, cause: unknown) {
    super('The server does not answer.', { cause });
    this.remedy =
      method === 'GET'
        ? 'This page goes on by itself when it is back.'
        : 'Send it again when it is back: it is done once, also if it was done already.';
  }
}
