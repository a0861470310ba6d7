import { spawn } from 'node:child_process';

/**
 * Runs the checks beside each other, as each of them keeps one processor busy, and says what each printed when it has
 * ended, how long it took, and whether all went well.
 *
 * Usage: npm run check
 */
const longest = ['check:lint'] as const;
const others = ['check:types', 'check:format', 'check:budget'] as const;

async function runCheck(name: string): Promise<boolean> {
  const started = performance.now();
  const { exitCode, output } = await npmRun(name);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${exitCode === 0 ? '✔' : '✖'} ${name.padEnd(14)} ${seconds.padStart(6)} s`);
  if (exitCode !== 0) console.log(output);
  return exitCode === 0;
}

function npmRun(name: string): Promise<{ readonly exitCode: number; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', name], { stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ exitCode: code ?? 1, output });
    });
  });
}

async function runInOrder(names: readonly string[]): Promise<boolean> {
  let isWell = true;
  for (const name of names) isWell = (await runCheck(name)) && isWell;
  return isWell;
}

const results = await Promise.all([runInOrder(longest), runInOrder(others)]);
process.exitCode = results.every(Boolean) ? 0 : 1;
