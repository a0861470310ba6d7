import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url));

/** Runs the real program. @param folder its working directory. */
export function spawnPromote(
  words: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  reader: 'reads' | 'nobody reads' | 'a full disk' = 'reads',
): Promise<{ readonly exitCode: number | null; readonly out: string; readonly errors: string }> {
  return new Promise((resolve, reject) => {
    const full = reader === 'a full disk' ? openSync('/dev/full', 'w') : undefined;
    const child = spawn(process.execPath, [main, ...words], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', full ?? 'pipe', 'pipe'],
    });
    if (full !== undefined) closeSync(full);
    if (reader === 'nobody reads') child.stdout?.destroy();
    let out = '';
    let errors = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('error', reject);
    child.once('close', (exitCode) => {
      resolve({ exitCode, out, errors });
    });
  });
}
