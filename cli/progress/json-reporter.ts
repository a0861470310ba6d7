import type { PromotionView } from '../../engine/promotion-service.ts';
import { goneRunJson, promotionJson, stepJson } from '../json/promotion-json.ts';
import { writeJsonLine } from '../json/write-json.ts';
import type { Terminal } from '../terminal.ts';
import type { ProgressEvent } from './progress-event.ts';
import type { ProgressReporter } from './progress-reporter.ts';

/** For programs: one JSON document a line, each with its `type`; the last says the exit code. */
export class JsonReporter implements ProgressReporter {
  readonly #terminal: Terminal;
  readonly #toldTroubles = new Set<string>();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  begin({ promotion, release }: PromotionView): void {
    this.#write({ type: 'started', promotion: promotionJson(promotion, release.name) });
  }

  tell(event: ProgressEvent): void {
    switch (event.kind) {
      case 'step':
      case 'step-retrying':
      case 'undo':
      case 'undo-retrying':
        this.#write({ type: event.kind, step: stepJson(event.step) });
        return;
      case 'steps-again':
        this.#write({ type: event.kind, steps: event.steps });
        return;
      case 'taking-back': {
        const { trigger, reason, requestedBy, at } = event.rollback;
        this.#write({ type: event.kind, rollback: { trigger, reason, requestedBy, at } });
        return;
      }
      case 'worker-gone':
        this.#write({ type: event.kind, goneRun: goneRunJson(event.gone) });
        return;
      case 'waiting': {
        const { reason, detail, since, until } = event.parked;
        this.#write({
          type: event.kind,
          step: event.step ?? null,
          waiting: { reason, detail, since, until: until ?? null },
        });
        return;
      }
    }
  }

  current(): void {
    // What is under way changes with every look; programs ask `status --json` for it.
  }

  trouble(message: string, silentSince: Date | undefined): void {
    if (this.#toldTroubles.has(message)) return;
    this.#toldTroubles.add(message);
    this.#write({ type: 'trouble', message, silentSince: silentSince ?? null });
  }

  end({ promotion, release }: PromotionView, exitCode: number): void {
    this.#write({ type: 'ended', exitCode, promotion: promotionJson(promotion, release.name) });
  }

  wait({ promotion, release }: PromotionView, exitCode: number): void {
    this.#write({ type: 'left-waiting', exitCode, promotion: promotionJson(promotion, release.name) });
  }

  interrupted(promotionId: string, exitCode: number): void {
    this.#write({ type: 'interrupted', exitCode, promotionId });
  }

  #write(document: object): void {
    writeJsonLine(this.#terminal, document);
  }
}
