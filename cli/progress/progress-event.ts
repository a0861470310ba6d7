import type { PromotionRecord, StepRecord } from '../../engine/promotion-service.ts';

/** Something that happened to a promotion since it was looked at before. */
export type ProgressEvent =
  | { readonly kind: 'step'; readonly step: StepRecord }
  | { readonly kind: 'step-retrying'; readonly step: StepRecord }
  /** What had been checked no longer holds, so these steps run again. */
  | { readonly kind: 'steps-again'; readonly steps: readonly string[] }
  | { readonly kind: 'taking-back'; readonly rollback: NonNullable<PromotionRecord['rollback']> }
  /** Taken back, or failed to be. */
  | { readonly kind: 'undo'; readonly step: StepRecord }
  | { readonly kind: 'undo-retrying'; readonly step: StepRecord }
  /** Whoever worked on it is gone; until another takes over, nothing happens. */
  | { readonly kind: 'worker-gone'; readonly gone: NonNullable<PromotionRecord['goneRun']> }
  /** Waits for something that may take long. */
  | {
      readonly kind: 'waiting';
      readonly parked: NonNullable<PromotionRecord['parked']>;
      readonly step: string | undefined;
    };
