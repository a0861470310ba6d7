import { printableJson } from '../printable.ts';
import type { Terminal } from '../terminal.ts';

/** One JSON document, indented. */
export function writeJson(terminal: Terminal, document: unknown): void {
  terminal.write(`${printableJson(JSON.stringify(document, undefined, 2))}\n`);
}

/** One JSON document on one line, for a stream of them. */
export function writeJsonLine(terminal: Terminal, document: unknown): void {
  terminal.write(`${printableJson(JSON.stringify(document))}\n`);
}
