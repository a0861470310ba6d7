import { describeSeconds } from '../../engine/contract/describe-seconds.ts';
import type { LocalClockOptions } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { formatDuration } from '../../engine/wording/format-duration.ts';
import { LiveLine } from '../live-line.ts';
import { SetupError } from '../setup-error.ts';
import { UsageError } from '../usage-error.ts';
import { LocalClock } from './local-clock.ts';
import { LocalFolders } from './local-folders.ts';
import { runningLocal } from './local-process.ts';
import { openSession } from './open-session.ts';
import { untilDueHasRun } from './wait-for-due.ts';

const pollMs = 50;
const mostActive = 100;
/** A month is a few seconds; a year would be minutes in which nothing else moves. */
const mostSeconds = 31 * 86_400;

/** Says what the time is in this installation, and moves it forward when asked to. */
export async function moveLocalClock(options: LocalClockOptions): Promise<number> {
  if (process.env['DATABASE_URL'] !== undefined) {
    throw new UsageError(
      'DATABASE_URL names a database that this engine did not start, whose time is everybody’s; unset it to move the clock of local mode',
    );
  }
  const folders = new LocalFolders();
  const clock = new LocalClock(folders);
  const seconds = secondsToGo(options, clock.now());
  const running = seconds > 0 ? await move(folders, clock, seconds, options) : [];
  say(clock, running, options);
  return exitCodes.ok;
}

function secondsToGo({ advanceSeconds, until }: LocalClockOptions, now: Date): number {
  const seconds = until === undefined ? (advanceSeconds ?? 0) : (until.getTime() - now.getTime()) / 1000;
  if (seconds <= mostSeconds) return seconds;
  throw new UsageError(`the clock moves by at most ${describeSeconds(mostSeconds)} at once`);
}

/** @returns the promotions that fell due on the way and still run after a minute. */
async function move(
  folders: LocalFolders,
  clock: LocalClock,
  seconds: number,
  { reason, context, isJson }: LocalClockOptions,
): Promise<readonly string[]> {
  if ((await runningLocal(folders)) === undefined) {
    throw new SetupError(
      'local mode is not running here, and nothing would see the time pass',
      'promote local start starts it',
    );
  }
  const session = await openSession();
  try {
    const { towardSeconds } = clock.read();
    await session.service.recordClockMove(session.actor, { fromSeconds: towardSeconds, bySeconds: seconds, reason });
    await clock.write({ ...clock.read(), towardSeconds: towardSeconds + seconds });
    const line = new LiveLine(context.terminal);
    for (let now = clock.read(); now.aheadSeconds < now.towardSeconds; now = clock.read()) {
      if (!isJson) line.show(`  … ${clock.now().toISOString()}`);
      if ((await runningLocal(folders)) === undefined) {
        throw new SetupError(
          `local mode ended while the clock moved; ${folders.log} says why`,
          'promote local start, which goes on there',
        );
      }
      await context.clock.sleep(pollMs);
    }
    if (!isJson) line.show('  … what fell due runs');
    const running = await untilDueHasRun({
      active: () => session.service.list(session.actor, { isActive: true, limit: mostActive }),
      now: () => clock.now(),
      sleep: (milliseconds) => context.clock.sleep(milliseconds),
    });
    line.clear();
    return running;
  } finally {
    await session.close();
  }
}

function say(clock: LocalClock, running: readonly string[], { context, isJson }: LocalClockOptions): void {
  const { aheadSeconds } = clock;
  const now = clock.now().toISOString();
  if (isJson) {
    context.terminal.write(`${JSON.stringify({ now, aheadSeconds, running })}\n`);
    return;
  }
  const ahead =
    aheadSeconds === 0 ? 'as on this machine' : `${formatDuration(aheadSeconds * 1000)} ahead of this machine`;
  context.terminal.write(`It is ${now} here, ${ahead}.\n`);
  for (const id of running) context.terminal.write(`${id} still runs: promote logs ${id} --follow\n`);
}
