import pc from 'picocolors';
import type { CommandContext, LocalCommands } from '../../../cli/command-context.ts';
import { runCommandLine } from '../../../cli/run-command-line.ts';
import type { AuditFiles, Session, SessionOptions } from '../../../cli/session.ts';
import { InterruptedError } from '../../../cli/terminal.ts';
import { afterStart } from '../../../scripts/sample-promotion.ts';

export interface Setting {
  readonly session?: Session | (() => Promise<Session>);
  readonly isInteractive?: boolean;
  readonly answer?: string | undefined;
  /** Ctrl-C is pressed instead of an answer. */
  readonly isAnsweredByInterrupt?: boolean;
  /** How long after the sample's start the clock stands. Default 60. */
  readonly nowSeconds?: number;
  /** How long after the sample's start the machine's own clock stands. Default 60. */
  readonly machineSeconds?: number;
  readonly environment?: Readonly<Record<string, string>>;
  readonly logFolder?: string;
  readonly prepareRulesTests?: CommandContext['rulesTests']['prepare'];
  readonly local?: Partial<LocalCommands>;
  readonly auditFiles?: AuditFiles;
  /** What local mode was last started with. Default: it never was. */
  readonly installedRules?: string;
  /** Ctrl-C is pressed when the command sleeps for so many times. */
  readonly interruptedAtSleep?: number;
}

export interface Recording {
  readonly exitCode: number;
  readonly out: string;
  readonly errors: string;
  readonly questions: readonly string[];
  /** What was written to the failure log. */
  readonly logged: readonly unknown[];
  readonly isSessionClosed: boolean;
  /** With what the engine was opened, each time. */
  readonly opened: readonly SessionOptions[];
}

/** Runs the real command line against a session of the test; the clock moves only when the command sleeps. */
export async function record(words: readonly string[], setting: Setting = {}): Promise<Recording> {
  let out = '';
  let errors = '';
  let now = afterStart(setting.nowSeconds ?? 60).getTime();
  let sleeps = 0;
  let isSessionClosed = false;
  const questions: string[] = [];
  const logged: unknown[] = [];
  const openings: SessionOptions[] = [];
  const interrupt = new AbortController();
  const { session, isInteractive = false } = setting;
  const context: CommandContext = {
    terminal: {
      isInteractive,
      canAsk: setting.answer !== undefined || setting.isAnsweredByInterrupt === true,
      paint: pc.createColors(false),
      size: () => ({ columns: 100, rows: 24 }),
      write: (text) => {
        out += text;
      },
      writeError: (text) => {
        errors += text;
      },
      ask: (question) => {
        questions.push(question);
        if (setting.isAnsweredByInterrupt === true) return Promise.reject(new InterruptedError());
        return Promise.resolve(setting.answer);
      },
    },
    environment: setting.environment ?? {},
    invocation: 'promote',
    logFolder: setting.logFolder ?? '/nowhere',
    clock: {
      now: () => new Date(now),
      sleep: async (milliseconds) => {
        now += milliseconds;
        sleeps += 1;
        if (sleeps === setting.interruptedAtSleep) interrupt.abort();
        if (sleeps > 1000) throw new Error('the command never ends');
      },
    },
    machineClock: { now: () => afterStart(setting.machineSeconds ?? 60) },
    interruption: { listen: () => ({ signal: interrupt.signal, [Symbol.dispose]: () => undefined }) },
    failures: {
      write: (_command, error) => {
        logged.push(error);
        return '.promotion/promote.log';
      },
    },
    local: {
      start: notHere,
      bring: notHere,
      clock: notHere,
      stop: notHere,
      serve: notHere,
      ui: notHere,
      ...setting.local,
    },
    rulesTests: { prepare: setting.prepareRulesTests ?? notHere },
    auditFiles: setting.auditFiles ?? { publicKey: notHere, verifyExport: notHere },
    installedRules: () => Promise.resolve(setting.installedRules),
    openSession: async (options = {}) => {
      openings.push(options);
      if (session === undefined) throw new Error('this command must not open the engine');
      const opened = typeof session === 'function' ? await session() : session;
      return {
        ...opened,
        close: async () => {
          isSessionClosed = true;
          await opened.close();
        },
      };
    },
  };
  const exitCode = await runCommandLine(words, context);
  return { exitCode, out, errors, questions, logged, isSessionClosed, opened: openings };
}

function notHere(): Promise<never> {
  return Promise.reject(new Error('local mode is no part of this test'));
}
