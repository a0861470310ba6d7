import type { DeclaredFreeze, Hold } from '../schedule/schedule.ts';
import type { AdministrationEvent } from './administration-store.ts';

/** `*` is every application, and for freezes every environment; absent: whatever it is. */
export interface DeclarationFilter {
  readonly application?: string;
  readonly environment?: string;
}

/**
 * What people declare about when things move. Each change is stored with its audit entry, and wakes the promotions that
 * it concerns and that wait for their window: none sleeps through the end of what it waits for.
 */
export interface CalendarStore {
  /** Those that concern what the filter names, `*` included, whether they are over or not; oldest first. */
  holds(filter: DeclarationFilter): Promise<readonly Hold[]>;
  /** Replaces the hold that is there. @returns false when it says the same already. */
  hold(hold: Hold, event: AdministrationEvent): Promise<boolean>;
  /** @returns false when there is none. */
  releaseHold(application: string, environment: string, event: AdministrationEvent): Promise<boolean>;
  /** Those that nobody has lifted, whether they are over or not; by their beginning. */
  freezes(filter: DeclarationFilter): Promise<readonly DeclaredFreeze[]>;
  declareFreeze(freeze: DeclaredFreeze, event: AdministrationEvent): Promise<void>;
  /** @returns false when it is lifted already. */
  liftFreeze(id: string, event: AdministrationEvent): Promise<boolean>;
  /** @returns false when auto-promotion into it was not paused. */
  resumeAutoPromotion(application: string, environment: string, event: AdministrationEvent): Promise<boolean>;
}
