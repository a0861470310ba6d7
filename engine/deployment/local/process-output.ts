import type { Readable } from 'node:stream';
import type { ServiceLog } from './service-log.ts';

const keptLines = 12;
const longestLine = 8_192;
const longestKeptLine = 400;

/** What one process prints: passed to the log line by line with its secrets blanked; the last lines are kept for reports. */
export class ProcessOutput {
  readonly #log: ServiceLog;
  readonly #redact: (text: string) => string;
  readonly #kept: string[] = [];

  constructor(log: ServiceLog, redact: (text: string) => string) {
    this.#log = log;
    this.#redact = redact;
  }

  /** Reads a stream to its end; never throws, since a full disk must not take the service down. */
  async follow(stream: Readable): Promise<void> {
    stream.setEncoding('utf8');
    let rest = '';
    try {
      for await (const chunk of stream) {
        const lines = (rest + String(chunk)).split('\n');
        rest = lines.pop() ?? '';
        if (rest.length > longestLine) lines.push(rest);
        if (rest.length > longestLine) rest = '';
        await this.#write(lines);
      }
    } catch {
      // The stream broke off with its process; what came before is written.
    }
    if (rest !== '') await this.#write([rest]);
  }

  lastLines(): readonly string[] {
    return this.#kept;
  }

  async #write(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    const clean = lines.map((line) => this.#redact(line));
    this.#kept.push(...clean.slice(-keptLines).map((line) => line.slice(0, longestKeptLine)));
    this.#kept.splice(0, this.#kept.length - keptLines);
    try {
      await this.#log.append(clean.map((line) => `${line}\n`).join(''));
    } catch {
      // Reported nowhere on purpose: the pipe must go on being emptied, or the service would stand still.
    }
  }
}
