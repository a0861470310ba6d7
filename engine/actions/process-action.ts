import type { Action } from '../rules/action-schema.ts';
import type { SecretSource } from '../secrets/secret-source.ts';
import type { ActionOutcome, ActionRequest } from './action-runner.ts';
import { actionToken, isOlderRun } from './action-token.ts';
import { OutputLines } from './output-lines.ts';
import { killCarrying, runProcess, type ProcessEnd } from './run-process.ts';
import { maskingOf } from './secret-masking.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';

type ProcessKind = Extract<Action, { kind: 'command' | 'container' }>;

/** What is started; its environment is what the program itself brings, which the action adds to. */
export interface ActionProcess {
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** sysexits.h, EX_TEMPFAIL: a program says that it may succeed later. */
const temporaryFailure = 75;

/**
 * Runs a program as an action: with its declared variables and secrets and the promotion's own facts, which nothing
 * replaces; what an earlier run of the same key left running is ended first.
 */
export async function runAsAction(
  process: ActionProcess,
  action: Pick<ProcessKind, 'variables' | 'secrets' | 'timeoutSeconds'>,
  request: ActionRequest,
  source: SecretSource,
): Promise<ActionOutcome> {
  const { facts, fence, signal, log } = request;
  const secrets: Record<string, string> = {};
  for (const name of action.secrets) secrets[name] = await source.read(name, signal);
  const key = facts['PROMOTION_KEY'] ?? '';
  const left = await killCarrying((token) => isOlderRun(token, key, fence));
  if (left > 0) log(`ended ${String(left)} processes that an earlier run had left behind`);
  const output = new OutputLines(log, maskingOf(Object.values(secrets)));
  const end = await runProcess({
    ...process,
    environment: { ...process.environment, ...action.variables, ...secrets, ...facts },
    token: actionToken(key, fence),
    timeoutSeconds: action.timeoutSeconds,
    signal,
    onOutput: (stream, text) => {
      output.add(stream, text);
    },
  });
  output.finish();
  return outcomeOf(end, action.timeoutSeconds, output.last);
}

function outcomeOf(end: ProcessEnd, timeoutSeconds: number, last: readonly string[]): ActionOutcome {
  const said = last.length === 0 ? '' : `: ${last.join(' ⏎ ')}`;
  switch (end.kind) {
    case 'exited':
      if (end.exitCode === 0) return { kind: 'succeeded', detail: last.at(-1) ?? 'exit status 0' };
      return {
        kind: 'failed',
        detail: `exit status ${String(end.exitCode)}${said}`,
        mayPass: end.exitCode === temporaryFailure,
      };
    case 'killed':
      return { kind: 'failed', detail: `it was ended by ${end.by}${said}`, mayPass: false };
    case 'timed-out':
      return {
        kind: 'failed',
        detail: `no end after ${describeSeconds(timeoutSeconds)}${said}`,
        mayPass: true,
        timedOut: true,
      };
  }
}
