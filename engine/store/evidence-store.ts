import type { Evidence } from '../evidence/evidence.ts';
import type { Waiver, WaiverRevocation } from '../evidence/waiver.ts';
import type { AdministrationEvent } from './administration-store.ts';

/** What is known about releases, and what is set aside of it. */
export interface EvidenceStore {
  /**
   * Stores facts about releases of an application with the audit entry of whoever gave them. A fact that is stored
   * already under its id takes a later time of collection, another source or another commit; when none of them brings
   * anything new, nothing is written.
   */
  addEvidence(
    application: string,
    evidence: readonly Evidence[],
    event: AdministrationEvent,
  ): Promise<'added' | 'unchanged'>;
  /** The ids of findings and bugs that evidence about an application named, those that were seen last first. */
  findingNames(application: string): Promise<readonly string[]>;
  /** @returns the waiver as it is stored: the same id again is the first one, revoked or not. */
  addWaiver(waiver: Waiver, event: AdministrationEvent): Promise<Waiver>;
  waiver(id: string): Promise<Waiver | undefined>;
  /** Every application's, newest first. */
  allWaivers(): Promise<readonly Waiver[]>;
  /** @returns the waiver as it is stored; one that was revoked before stays as it is. Undefined: there is none. */
  revokeWaiver(id: string, revocation: WaiverRevocation, event: AdministrationEvent): Promise<Waiver | undefined>;
}
