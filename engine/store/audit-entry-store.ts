import type { PromotionKind } from '../workflow/promotion.ts';
import type { ChainedEvent } from '../workflow/transition.ts';
import type { Sight } from './sight.ts';

/** Where a list of entries over all chains goes on: behind this entry. */
export interface AuditPlace {
  /** As the database has it, which is finer than clocks here: ISO 8601 in UTC with microseconds. */
  readonly at: string;
  readonly chain: string;
  readonly seq: number;
}

/** Which entries are asked for; what is left out is not limited. */
export interface AuditEntryQuery {
  readonly application?: string | undefined;
  /** The target. */
  readonly environment?: string | undefined;
  /** Whoever did it, had it done, or spoke for somebody else in it. */
  readonly by?: string | undefined;
  /** Only of these. */
  readonly types?: readonly string[] | undefined;
  /** Only what people did, and not the engine by itself. Default: what either did. */
  readonly isOfPeople?: boolean;
  /** At it or later. */
  readonly since?: Date | undefined;
  /** Before it. */
  readonly until?: Date | undefined;
  readonly before?: AuditPlace | undefined;
  /** Only what is about something that may be seen. */
  readonly sight?: Sight;
  readonly limit: number;
}

/** An entry with what it is about. */
export interface StoredAuditEntry extends ChainedEvent {
  /** The promotion whose chain it is in, or `administration`. */
  readonly chain: string;
  readonly place: AuditPlace;
  /** Undefined: it is about none, such as a role for every application. */
  readonly application: string | undefined;
  readonly environment: string | undefined;
  readonly release: string | undefined;
  /** Of its promotion; undefined: it belongs to none. */
  readonly kind: PromotionKind | undefined;
}

/** The entries of all chains of the audit trail, by their time. */
export interface AuditEntryStore {
  /** Newest first. */
  entries(query: AuditEntryQuery): Promise<readonly StoredAuditEntry[]>;
}
