import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Runs a program in a process of its own, as it would run outside of the tests.
 * @param source of a module
 * @returns what it printed.
 * @throws unless it ended with zero; an aborted signal kills it without a word.
 */
export async function runInNewProcess(source: string, signal?: AbortSignal): Promise<string> {
  const words = ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', '--eval', source];
  const { stdout } = await run(process.execPath, words, { signal, killSignal: 'SIGKILL' });
  return stdout;
}
