import type { AuditEntryQuery, AuditPlace, StoredAuditEntry } from '../store/audit-entry-store.ts';
import type { Actor } from '../workflow/actor.ts';
import { knownApplication, knownEnvironment } from './known-names.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';
import { requireToLook } from './require-to-look.ts';
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
  const { application, environment, by, limit } = query;
  const sight = await requireToLook(context, actor, {
    application: application ?? '*',
    environment: environment ?? '*',
  });
  if (by !== undefined) refuseUnprintable('person', by);
  const entries = await context.store.audit.entries({
    ...query,
    application: application === undefined ? undefined : await knownApplication(context, application),
    environment: environment === undefined ? undefined : await knownEnvironment(context, environment),
    sight,
    limit: limit + 1,
  });
  const shown = entries.slice(0, limit);
  return { entries: shown, next: entries.length > limit ? shown.at(-1)?.place : undefined };
}
