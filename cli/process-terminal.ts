import { createInterface } from 'node:readline';
import pc from 'picocolors';
import { InterruptedError, type Terminal } from './terminal.ts';

/** The terminal, pipe or file that this process writes to. */
export function processTerminal(environment: NodeJS.ProcessEnv): Terminal {
  const { stdin, stdout, stderr } = process;
  const isInteractive = stdout.isTTY && environment['TERM'] !== 'dumb';
  const wantsColour = isInteractive && (environment['NO_COLOR'] ?? '') === '';
  return {
    isInteractive,
    canAsk: stdin.isTTY && stderr.isTTY,
    paint: pc.createColors(wantsColour),
    size: () => ({ columns: known(stdout.columns, 80), rows: known(stdout.rows, 24) }),
    write(text) {
      stdout.write(text);
    },
    writeError(text) {
      stderr.write(text);
    },
    async ask(question) {
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        return await new Promise<string | undefined>((resolve, reject) => {
          lines.once('close', () => {
            resolve(undefined);
          });
          lines.once('SIGINT', () => {
            reject(new InterruptedError());
          });
          lines.question(question, resolve);
        });
      } finally {
        lines.close();
      }
    },
  };
}

/** A terminal that does not know its size says 0, and what is no terminal says nothing. */
function known(size: number | undefined, otherwise: number): number {
  return size === undefined || size === 0 ? otherwise : size;
}
