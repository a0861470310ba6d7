import type { AuditKeeper } from '../audit/audit-keeper.ts';
import { reportFolder } from '../reports/keep-report.ts';
import type { AdministrationEvent } from '../store/administration-store.ts';
import type { PrunedLogs, PrunedPromotion } from '../store/retention-store.ts';
import { engineActor, type Actor } from '../workflow/actor.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

export interface PruneRequest {
  /** Days since the end of a promotion; undefined: no chain is removed. */
  readonly chainsOlderThanDays?: number | undefined;
  /** Days since the end of a promotion; undefined: no log is removed. */
  readonly logsOlderThanDays?: number | undefined;
  /** Says what would be removed, and removes nothing. */
  readonly isDryRun: boolean;
}

export interface Pruned {
  /** What was removed, or would be. */
  readonly chains: readonly PrunedPromotion[];
  /** As old, and still needed. */
  readonly kept: number;
  /** Undefined in a dry run. */
  readonly logs: PrunedLogs | undefined;
}

const batchSize = 200;
const removalTimeoutMs = 60_000;
const dayMs = 86_400_000;

/**
 * Removes what is older than it has to be kept: whole chains behind a signed checkpoint, and the lines of steps.
 * @throws RefusedError when the rules keep it for longer.
 */
export async function prune(
  context: ServiceContext,
  actor: Actor,
  request: PruneRequest,
  keeper: AuditKeeper,
): Promise<Pruned> {
  await context.authorizer.require(actor, 'prune-audit', { application: '*', environment: '*' });
  for (const days of [request.chainsOlderThanDays, request.logsOlderThanDays]) refuseOddDays(days);
  await refuseEarlierThanRules(context, request);
  return remove(context, actor, request, keeper);
}

/** As the rules say, by the engine itself. Rules that cannot be read remove nothing. */
export async function pruneByRules(context: ServiceContext, keeper: AuditKeeper): Promise<Pruned> {
  const { retention } = await context.rules.current();
  const request = { chainsOlderThanDays: retention.auditDays, logsOlderThanDays: retention.logsDays, isDryRun: false };
  return remove(context, engineActor, request, keeper);
}

async function remove(
  context: ServiceContext,
  actor: Actor,
  { chainsOlderThanDays, logsOlderThanDays, isDryRun }: PruneRequest,
  keeper: AuditKeeper,
): Promise<Pruned> {
  const now = context.clock.now().getTime();
  const daysAgo = (days: number): Date => new Date(now - days * dayMs);
  const chains =
    chainsOlderThanDays === undefined
      ? { removed: [], kept: 0 }
      : await removeChains(context, actor, daysAgo(chainsOlderThanDays), isDryRun, keeper);
  const logs =
    logsOlderThanDays === undefined || isDryRun
      ? undefined
      : await removeLogs(context, actor, daysAgo(logsOlderThanDays));
  return { chains: chains.removed, kept: chains.kept, logs };
}

async function removeChains(
  context: ServiceContext,
  actor: Actor,
  endedBefore: Date,
  isDryRun: boolean,
  keeper: AuditKeeper,
): Promise<{ readonly removed: readonly PrunedPromotion[]; readonly kept: number }> {
  const { retention } = context.store;
  const all = await retention.endedBefore(endedBefore);
  if (all === 0) return { removed: [], kept: 0 };
  const removed: PrunedPromotion[] = [];
  if (isDryRun) {
    for (;;) {
      const next = await retention.prunable(
        endedBefore,
        all,
        removed.map(({ promotionId }) => promotionId),
      );
      if (next.length === 0) return { removed, kept: all - removed.length };
      removed.push(...next);
    }
  }
  // Only what was signed is removed: the checkpoint must know all of it.
  await keeper.sign();
  for (;;) {
    const chains = await retention.prunable(endedBefore, batchSize);
    if (chains.length === 0) break;
    // First what says that they are gone, then they go: whoever is cut off in between leaves nothing unexplained.
    await keeper.checkpoint({ endedBefore, chains });
    await discardReports(context, chains);
    const gone = await retention.prune(chains, endedBefore, (of) => prunedEvent(context, actor, endedBefore, of));
    removed.push(...gone);
    if (gone.length === 0) break;
  }
  return { removed, kept: all - removed.length };
}

/** The reports that are kept outside the store tell the same as the chains, and go with them. */
async function discardReports({ store, ports }: ServiceContext, chains: readonly PrunedPromotion[]): Promise<void> {
  const signal = AbortSignal.timeout(removalTimeoutMs);
  for (const { promotionId } of chains) {
    const promotion = await store.load(promotionId);
    if (promotion !== undefined) await ports.documents.remove(reportFolder(promotion), signal);
  }
}

function prunedEvent(
  { clock }: ServiceContext,
  actor: Actor,
  endedBefore: Date,
  removed: readonly PrunedPromotion[],
): AdministrationEvent {
  return {
    at: clock.now(),
    type: 'audit-pruned',
    actor,
    data: {
      endedBefore: endedBefore.toISOString(),
      promotions: removed.map(({ promotionId }) => promotionId),
      entries: removed.reduce((sum, { seq }) => sum + seq, 0),
    },
  };
}

function removeLogs({ store, clock }: ServiceContext, actor: Actor, endedBefore: Date): Promise<PrunedLogs> {
  return store.retention.pruneLogs(endedBefore, ({ promotions, lines }) => ({
    at: clock.now(),
    type: 'logs-pruned',
    actor,
    data: { endedBefore: endedBefore.toISOString(), promotions, lines },
  }));
}

/** Longer than anything is kept for. */
const mostDays = 36_500;

function refuseOddDays(days: number | undefined): void {
  if (days === undefined || (Number.isInteger(days) && days >= 1 && days <= mostDays)) return;
  throw new RefusedError(
    `${String(days)} is no number of days: it must be a whole number from 1 to ${String(mostDays)}`,
  );
}

async function refuseEarlierThanRules(
  { rules }: ServiceContext,
  { chainsOlderThanDays, logsOlderThanDays }: PruneRequest,
): Promise<void> {
  const { retention } = await rules.current();
  const refuse = (what: string, setting: string, days: number): RefusedError =>
    new RefusedError(
      `the rules keep ${what} for ${String(days)} days (retention.${setting}); nothing younger is removed`,
    );
  if (chainsOlderThanDays !== undefined && chainsOlderThanDays < retention.auditDays) {
    throw refuse('the audit trail', 'auditDays', retention.auditDays);
  }
  if (logsOlderThanDays !== undefined && logsOlderThanDays < retention.logsDays) {
    throw refuse('logs', 'logsDays', retention.logsDays);
  }
}
