import { tmpdir } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { SystemClock } from '../engine/workflow/clock.ts';
import type { CommandContext } from './command-context.ts';
import { installationClock } from './compose/local-clock.ts';
import { LocalFolders } from './compose/local-folders.ts';
import { FileFailureLog } from './failure-log.ts';
import { processInterruption } from './interruption.ts';
import { invocationOf } from './invocation.ts';
import { outputFailure } from './output-failure.ts';
import { processTerminal } from './process-terminal.ts';
import { runCommandLine } from './run-command-line.ts';
import { typableTerminal } from './typable-terminal.ts';

function endUnwritten(error: NodeJS.ErrnoException): never {
  const { exitCode, text } = outputFailure(error);
  // Errors may have a place of their own to go to, where the output has none.
  if (text !== '' && process.stderr.errored === null) process.stderr.write(text);
  process.exit(exitCode);
}

process.stdout.on('error', endUnwritten);
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(outputFailure(error).exitCode);
});

const invocation = invocationOf(process.argv[1], process.cwd(), process.env);
const own = processTerminal(process.env);
// What a program reads is the same however this was started, what a service wrote is shown as it wrote it, and help
// describes the command by its name.
const verbatim: readonly string[] = ['--json', '--help', '-h'];
const isVerbatim =
  process.argv.some((word) => verbatim.includes(word)) || /^(?:logs|help)$/.test(process.argv[2] ?? '');

const clock = installationClock(new LocalFolders(), process.env['DATABASE_URL']);
const context: CommandContext = {
  terminal: typableTerminal(own, invocation, isVerbatim),
  environment: process.env,
  invocation,
  // The guides say /tmp, not whatever TMPDIR is.
  logFolder: process.platform === 'win32' ? tmpdir() : '/tmp',
  clock: {
    now: () => clock.now(),
    async sleep(milliseconds, signal) {
      await pause(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
    },
  },
  machineClock: new SystemClock(),
  interruption: processInterruption,
  failures: new FileFailureLog(process.env),
  local: {
    start: async (options) => (await import('./compose/local-start.ts')).startLocal(options),
    bring: async (options) => (await import('./compose/local-bring.ts')).bringLocal(options),
    clock: async (options) => (await import('./compose/local-clock-command.ts')).moveLocalClock(options),
    stop: async (options) => (await import('./compose/local-stop.ts')).stopLocal(options),
    ui: async (options) => (await import('./compose/serve-ui.ts')).serveUi(options),
    serve: async () => (await import('./compose/local-serve.ts')).serveLocal(),
  },
  rulesTests: {
    prepare: async (request) => (await import('./compose/run-rules-tests.ts')).prepareRulesTests(request),
  },
  auditFiles: {
    publicKey: async () => (await import('./compose/audit-files.ts')).localAuditFiles().publicKey(),
    verifyExport: async (file, keyFile) =>
      (await import('./compose/audit-files.ts')).localAuditFiles().verifyExport(file, keyFile),
  },
  installedRules: async () =>
    (await (await import('./compose/local-record.ts')).readLocalRecord(new LocalFolders()))?.rulesFile,
  openSession: async (options) => (await import('./compose/open-session.ts')).openSession(options),
};

const exitCode = await runCommandLine(process.argv.slice(2), context);
// What is left open (a pool, a socket) must not keep a finished command from ending; what was written must get out first.
process.stdout.write('', (unread) => {
  process.stderr.write('', () => {
    // A stream that has failed already says why it did, and not only that it is no stream any more.
    const failed = process.stdout.errored ?? unread;
    if (failed !== undefined && failed !== null) endUnwritten(failed);
    process.exit(exitCode);
  });
});
