import type { PromotionView } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import type { Wish } from '../exit-code.ts';
import { formatDuration } from '../../engine/wording/format-duration.ts';
import { Heartbeat } from '../heartbeat.ts';
import { LiveLine } from '../live-line.ts';
import { printable } from '../printable.ts';
import { inOneLine } from '../render/in-one-line.ts';
import { interruptedBlock, outcomeBlock, waitingBlock } from '../render/outcome-block.ts';
import { promotionHeader } from '../render/promotion-header.ts';
import { firstLine, noteLine, stepLine, undoLine } from '../render/step-line.ts';
import { stepTitle } from '../render/step-title.ts';
import { currentText, goneRunText, parkedText } from '../render/waiting-text.ts';
import type { ProgressEvent } from './progress-event.ts';
import type { ProgressReporter } from './progress-reporter.ts';

/** In a log, a step that takes longer than this says that it is under way. */
const firstPauseMs = 5000;

/** For people: a line for everything that ended, and on a terminal one that moves for what is under way. */
export class TextReporter implements ProgressReporter {
  readonly #context: CommandContext;
  readonly #wish: Wish;
  readonly #live: LiveLine;
  readonly #toldTroubles = new Set<string>();
  readonly #heartbeat: Heartbeat;
  #look = 0;

  constructor(context: CommandContext, wish: Wish) {
    this.#context = context;
    this.#wish = wish;
    this.#live = new LiveLine(context.terminal);
    this.#heartbeat = new Heartbeat(context.clock.now(), firstPauseMs);
  }

  begin(view: PromotionView): void {
    this.#line(promotionHeader(view, this.#context.terminal.paint));
  }

  tell(event: ProgressEvent): void {
    if (repeatsItself(event)) return;
    this.#line(this.#lineOf(event));
  }

  current(view: PromotionView, heldSince: Date): void {
    const { promotion } = view;
    this.#look += 1;
    const mark = promotion.parked === undefined ? ('◐◓◑◒'[this.#look % 4] ?? '◐') : '◷';
    const { terminal, clock } = this.#context;
    const text = `  ${mark} ${currentText(promotion, heldSince, clock.now())}`;
    this.#live.show(text);
    if (!terminal.isInteractive && this.#heartbeat.isDue(clock.now())) terminal.write(`${text}\n`);
  }

  trouble(message: string, silentSince: Date | undefined): void {
    const text = firstLine(message);
    if (!this.#toldTroubles.has(text)) {
      this.#toldTroubles.add(text);
      const since = silentSince === undefined ? '' : `the engine does not answer since ${silentSince.toISOString()}: `;
      this.#line(this.#context.terminal.paint.yellow(`  ! ${since}${text}`));
    }
    if (silentSince === undefined) return;
    const elapsed = formatDuration(this.#context.clock.now().getTime() - silentSince.getTime());
    this.#live.show(
      `  ! the engine does not answer, for ${elapsed} now; the promotion does not depend on this terminal`,
    );
  }

  end(view: PromotionView, _exitCode: number): void {
    this.#block(outcomeBlock(view, this.#wish, this.#context.invocation, this.#context.terminal.paint));
  }

  wait(view: PromotionView, _exitCode: number): void {
    const { invocation, clock, terminal } = this.#context;
    this.#block(waitingBlock(view, clock.now(), invocation, terminal.paint));
  }

  interrupted(promotionId: string, _exitCode: number): void {
    this.#block(['', ...interruptedBlock(promotionId, this.#context.invocation)]);
  }

  #lineOf(event: ProgressEvent): string {
    const { paint } = this.#context.terminal;
    switch (event.kind) {
      case 'step':
        return stepLine(event.step, paint);
      case 'undo':
        return undoLine(event.step, paint);
      case 'step-retrying': {
        const { step } = event;
        return noteLine(step.name, `attempt ${String(step.attempt)}: ${inOneLine(step.error?.message ?? '')}`, paint);
      }
      case 'undo-retrying': {
        const { name, compensation } = event.step;
        return noteLine(name, `taking it back again: ${inOneLine(compensation?.error?.message ?? '')}`, paint);
      }
      case 'steps-again':
        return paint.yellow(
          `  … what was checked has changed; again: ${[...new Set(event.steps.map(stepTitle))].join(', ')}`,
        );
      case 'taking-back':
        return `  ${paint.magenta('Taking it back')}: ${firstLine(event.rollback.reason)} ${paint.dim(byText(event.rollback))}`.trimEnd();
      case 'worker-gone':
        return `  ${paint.yellow('!')} ${goneRunText(event.gone)}`;
      case 'waiting':
        return event.step === undefined
          ? `  ${paint.yellow('…')} ${parkedText(event.parked)}`
          : noteLine(event.step, parkedText(event.parked), paint);
    }
  }

  #line(text: string): void {
    this.#live.clear();
    this.#heartbeat.rest(this.#context.clock.now());
    this.#context.terminal.write(`${text}\n`);
  }

  #block(lines: readonly string[]): void {
    this.#live.clear();
    this.#context.terminal.write(`${lines.join('\n')}\n`);
  }
}

/** Who asked for it to be taken back; the engine has a name that means nothing to people. */
function byText({ trigger, requestedBy, reason }: NonNullable<PromotionView['promotion']['rollback']>): string {
  if (trigger === 'automatic') return '(by itself)';
  return reason.endsWith(` by ${requestedBy}`) ? '' : `(asked for by ${printable(requestedBy)})`;
}

/** That the window is still open was said a line above. */
function repeatsItself(event: ProgressEvent): boolean {
  return event.kind === 'step' && event.step.name === 'confirm-window' && event.step.status === 'done';
}
