import { answeredInTime, UnansweredError } from './answered-in-time.ts';
import type { CommandContext } from './command-context.ts';
import { formatDuration } from '../engine/wording/format-duration.ts';
import { LiveLine } from './live-line.ts';
import type { Session, SessionOptions } from './session.ts';

const patienceMs = 400;
/** Longer than leaving takes where all is well. */
const closingMs = 20_000;

/** What a command was given that matters to opening the engine; `true` is `{ json: true }`. */
export type SessionUse = boolean | { readonly json: boolean; readonly as?: string | undefined };

/** Opens the engine, lets a command use it, and closes it whatever happens. */
export async function withSession(
  context: CommandContext,
  given: SessionUse,
  use: (session: Session) => Promise<number>,
  needs: Pick<SessionOptions, 'needsRules' | 'needsInstallation'> = {},
): Promise<number> {
  const { json: isJson, as } = typeof given === 'boolean' ? { json: given } : given;
  const options = { ...needs, as };
  const session = await showingWait(context, isJson, 'opening the engine', () => context.openSession(options));
  let exitCode: number;
  try {
    const notice = await session.notice();
    if (notice !== undefined) context.terminal.writeError(`${context.terminal.paint.yellow('!')} ${notice}\n`);
    exitCode = await use(session);
  } catch (error) {
    // What went wrong is told, and not that leaving went wrong for the same reason.
    await closeInTime(session).catch(() => undefined);
    throw error;
  }
  await closeInTime(session);
  return exitCode;
}

/** A database that does not answer any more keeps nobody from leaving. */
async function closeInTime(session: Session): Promise<void> {
  try {
    await answeredInTime(() => session.close(), closingMs);
  } catch (error) {
    if (!(error instanceof UnansweredError)) throw error;
  }
}

/** The same for a command about what is there already: it makes no installation where there is none. */
export function withInstallation(
  context: CommandContext,
  given: SessionUse,
  use: (session: Session) => Promise<number>,
  needs: Pick<SessionOptions, 'needsRules'> = {},
): Promise<number> {
  return withSession(context, given, use, { ...needs, needsInstallation: true });
}

/** Says on a terminal what is being waited for once it takes a moment, and for how long it has taken. */
export async function showingWait<Value>(
  context: CommandContext,
  isJson: boolean,
  what: string,
  work: () => Promise<Value>,
): Promise<Value> {
  if (isJson || !context.terminal.isInteractive) return work();
  const line = new LiveLine(context.terminal);
  const since = context.clock.now().getTime();
  const timer = setInterval(() => {
    line.show(`  ${what} … ${formatDuration(context.clock.now().getTime() - since)}`);
  }, patienceMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    line.clear();
  }
}
