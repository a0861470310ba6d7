/** The rules file cannot be used; the message names every problem with its place. */
export class RulesFileError extends Error {
  override readonly name = 'RulesFileError';
  readonly file: string;

  constructor(message: string, file: string) {
    super(message);
    this.file = file;
  }
}
