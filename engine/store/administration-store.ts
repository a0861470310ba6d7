import type { JsonObject } from '../json.ts';
import type { AnnouncementType } from '../notifications/announcements.ts';
import type { Actor } from '../workflow/actor.ts';
import type { ChainedEvent } from '../workflow/transition.ts';

/** What the chain of administration is called beside those of promotions, in heads and in findings. */
export const administrationChain = 'administration';

/** What a person did that belongs to no promotion: a role, a hold, a freeze, a waiver, a baseline, a bad release. */
export interface AdministrationEvent {
  readonly at: Date;
  readonly type: string;
  readonly actor: Actor;
  readonly data: JsonObject;
  /** What the world is told of it, in the same transaction; left out: nothing. */
  readonly announcement?: { readonly type: AnnouncementType; readonly body: JsonObject };
}

/** The audit trail of what belongs to no promotion; one chain for the installation. */
export interface AdministrationStore {
  /** Oldest first. */
  administrationEvents(): Promise<readonly ChainedEvent[]>;
  /** An entry about something that is kept elsewhere. */
  recordAdministration(event: AdministrationEvent): Promise<void>;
}
