import type { AuditEntryQuery, AuditPlace, StoredAuditEntry } from '../store/audit-entry-store.ts';
import type { Actor } from '../workflow/actor.ts';
import { placeInSight } from './place-in-sight.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';
import type { ServiceContext } from './service-context.ts';

export interface AuditEntries {
  /** Newest first. */
  readonly entries: readonly StoredAuditEntry[];
  /** Behind which there is more; undefined: there is none. */
  readonly next: AuditPlace | undefined;
}

/** Entries of the audit trail over all chains that whoever asks may see, a part at a time. @throws UnknownNameError */
export async function readAuditEntries(
  context: ServiceContext,
  actor: Actor,
  query: AuditEntryQuery,
): Promise<AuditEntries> {
  const { by, limit } = query;
  const place = await placeInSight(context, actor, query);
  if (by !== undefined) refuseUnprintable('person', by);
  const entries = await context.store.audit.entries({
    ...query,
    ...place,
    limit: limit + 1,
  });
  const shown = entries.slice(0, limit);
  return { entries: shown, next: entries.length > limit ? shown.at(-1)?.place : undefined };
}
