/** A value cannot be set as asked; nothing was changed. */
export class YamlEditError extends Error {
  override readonly name = 'YamlEditError';
  /** The dotted path that was to be set; empty when the text as a whole is at fault. */
  readonly path: string;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;

  constructor(path: string, text: string, offset: number, problem: string) {
    const before = text.slice(0, offset).split('\n');
    const line = before.length;
    const column = (before.at(-1) ?? '').length + 1;
    super(`${String(line)}:${String(column)}: ${path === '' ? '' : `${path} `}${problem}`);
    this.path = path;
    this.line = line;
    this.column = column;
  }
}
