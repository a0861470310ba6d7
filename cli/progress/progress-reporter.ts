import type { PromotionView } from '../../engine/promotion-service.ts';
import type { ProgressEvent } from './progress-event.ts';

/** How somebody who follows a promotion is told about it. */
export interface ProgressReporter {
  begin(view: PromotionView): void;
  tell(event: ProgressEvent): void;
  /** What happens right now; called at every look. @param heldSince when it was first seen as it is. */
  current(view: PromotionView, heldSince: Date): void;
  /**
   * The engine cannot start due work, or does not answer.
   * @param silentSince since when it has not answered; undefined when it does.
   */
  trouble(message: string, silentSince: Date | undefined): void;
  end(view: PromotionView, exitCode: number): void;
  /** The promotion waits for a person. */
  wait(view: PromotionView, exitCode: number): void;
  interrupted(promotionId: string, exitCode: number): void;
}
