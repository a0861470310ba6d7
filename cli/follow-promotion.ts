import { isEndState, type PromotionRecord, type PromotionView } from '../engine/promotion-service.ts';
import { answeredInTime } from './answered-in-time.ts';
import type { CommandContext } from './command-context.ts';
import { exitCodeOf, exitCodes, type Wish } from './exit-code.ts';
import { isAnswer } from './error-answer.ts';
import { unlessInterrupted } from './interruption.ts';
import { JsonReporter } from './progress/json-reporter.ts';
import type { ProgressReporter } from './progress/progress-reporter.ts';
import { ProgressTracker } from './progress/progress-tracker.ts';
import { TextReporter } from './progress/text-reporter.ts';
import type { Session } from './session.ts';
import { SetupError } from './setup-error.ts';
import { writeStepSummary } from './step-summary.ts';
import { causeText } from '../engine/wording/cause-text.ts';

const lookEveryMs = 300;
/** Longer than any look takes where all is well. */
const answerMs = 10_000;
/** An engine that does not answer for so long is given up on; the promotion does not depend on who looks. */
const patienceMs = 240_000;

export interface FollowOptions {
  readonly promotionId: string;
  /** What was asked for, which decides the exit code. */
  readonly wish: Wish;
  readonly isJson: boolean;
}

/**
 * Tells what happens to a promotion until it ends, waits for a person, or whoever looks has seen enough. Keeps due work
 * going meanwhile, so that a promotion moves even where no platform process runs.
 * @returns the exit code.
 */
export async function followPromotion(
  context: CommandContext,
  session: Session,
  options: FollowOptions,
): Promise<number> {
  const exitCode = await follow(context, session, options);
  if (exitCode !== exitCodes.interrupted) await writeStepSummary(context, session, options.promotionId);
  return exitCode;
}

async function follow(context: CommandContext, session: Session, options: FollowOptions): Promise<number> {
  const { promotionId, wish, isJson } = options;
  const reporter: ProgressReporter = isJson ? new JsonReporter(context.terminal) : new TextReporter(context, wish);
  using interruption = context.interruption.listen();
  const { signal } = interruption;
  const tracker = new ProgressTracker();
  const watch = new Watch(context);
  let hasBegun = false;
  for (;;) {
    const seen = await unlessInterrupted(() => look(session, promotionId, watch), signal);
    if (seen === 'interrupted') {
      reporter.interrupted(promotionId, exitCodes.interrupted);
      return exitCodes.interrupted;
    }
    const { view, trouble } = seen;
    if (trouble !== undefined) reporter.trouble(trouble, view === undefined ? watch.silentSince() : undefined);
    if (view !== undefined) {
      const { promotion } = view;
      if (!hasBegun) reporter.begin(view);
      hasBegun = true;
      for (const event of tracker.next(promotion)) reporter.tell(event);
      if (isEndState(promotion.state)) {
        const exitCode = exitCodeOf(promotion, wish);
        reporter.end(view, exitCode);
        return exitCode;
      }
      if (waitsForPerson(view) || waitsForLong(view, context.clock.now())) {
        reporter.wait(view, exitCodes.waiting);
        return exitCodes.waiting;
      }
      reporter.current(view, watch.heldSince(promotion));
    }
    await context.clock.sleep(lookEveryMs, signal);
  }
}

/**
 * Somebody must act before the promotion goes on. One that is being turned round is taken care of already, and a vote
 * that nothing followed yet is about to be counted.
 */
export function waitsForPerson({ promotion, votes }: PromotionView): boolean {
  const { parked, rollback, state, updatedAt } = promotion;
  if (parked?.reason === 'checklist') return rollback === undefined;
  if (parked?.reason === 'manual') return rollback === undefined || state === 'ROLLING_BACK';
  return parked?.reason === 'approval' && rollback === undefined && !votes.some(({ at }) => at >= updatedAt);
}

/** A terminal or a CI job does not sit through a freeze; the promotion goes on without it. */
const longestSittingMs = 600_000;

/** It goes on by itself, but not before long: a window or a soak. */
export function waitsForLong({ promotion }: PromotionView, now: Date): boolean {
  const { parked, rollback } = promotion;
  if (parked === undefined || rollback !== undefined) return false;
  if (parked.reason !== 'window' && parked.reason !== 'soak') return false;
  return parked.until === undefined || parked.until.getTime() - now.getTime() > longestSittingMs;
}

interface Seen {
  /** Undefined while the engine does not answer. */
  readonly view: PromotionView | undefined;
  readonly trouble: string | undefined;
}

/** @throws what asking again cannot mend, and what has not mended itself for a while. */
async function look(session: Session, promotionId: string, watch: Watch): Promise<Seen> {
  const gone = await session.gone();
  if (gone !== undefined) {
    throw new SetupError(
      `${gone} while ${promotionId} was looked at; it goes on nowhere`,
      'npm start makes a new installation; what was removed comes back only from a back-up of the folder',
    );
  }
  // Due work that cannot be started here may be started elsewhere: what happens is still worth seeing.
  const tickTrouble = await answeredInTime(() => session.tick(), answerMs).then(() => undefined, messageOf);
  try {
    const view = await answeredInTime(() => session.service.view(session.actor, promotionId), answerMs);
    watch.answered();
    return { view, trouble: tickTrouble };
  } catch (error) {
    if (isAnswer(error)) throw error;
    if (watch.silentMs() > patienceMs) {
      throw new SetupError(
        `the engine does not answer since ${watch.silentSince().toISOString()}: ${messageOf(error)}`,
        `${promotionId} does not depend on this terminal; promote logs ${promotionId} --follow looks at it again, and promote doctor for the cause`,
      );
    }
    return { view: undefined, trouble: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return causeText(error);
}

/** Remembers since when things are as they are. */
class Watch {
  readonly #context: CommandContext;
  #silentSince: Date | undefined;
  #held: { readonly version: number; readonly since: Date } | undefined;

  constructor(context: CommandContext) {
    this.#context = context;
  }

  answered(): void {
    this.#silentSince = undefined;
  }

  silentSince(): Date {
    this.#silentSince ??= this.#context.clock.now();
    return this.#silentSince;
  }

  silentMs(): number {
    return this.#context.clock.now().getTime() - this.silentSince().getTime();
  }

  heldSince({ version, updatedAt }: PromotionRecord): Date {
    if (this.#held?.version !== version) this.#held = { version, since: updatedAt };
    return this.#held.since;
  }
}
