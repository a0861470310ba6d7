import { timeTakenMs } from '../workflow/time-taken.ts';
import type { PromotionRecord, StepRecord } from '../workflow/promotion.ts';
import type { ChainedEvent } from '../workflow/transition.ts';
import type { ReportedStep, ReportedTiming, ReportedWait } from './promotion-report.ts';

/** What people do while a promotion waits; it does not end the wait by itself. */
const meanwhile: readonly string[] = [
  'note',
  'checklist-ticked',
  'approval-given',
  'approval-refused',
  'rollback-escalated',
];

/** Why it waits where it stopped half-way: then it lies failed. */
const waitOfFailed = 'manual';

/** Each wait from the entry that tells of it to the next one that says that it was over. */
export function tellWaits({ endedAt }: PromotionRecord, events: readonly ChainedEvent[]): readonly ReportedWait[] {
  return events.flatMap(({ type, at, data }, index): readonly ReportedWait[] => {
    if (type !== 'parked') return [];
    const next = events.slice(index + 1).find((event) => !meanwhile.includes(event.type));
    const until = next?.at ?? endedAt;
    return [
      {
        reason: textOf(data['reason']),
        detail: textOf(data['detail']),
        since: at.toISOString(),
        until: until?.toISOString() ?? null,
        tookMs: until === undefined ? null : until.getTime() - at.getTime(),
      },
    ];
  });
}

/** How long everything took, how much of it was waiting, and how long it lay failed beside that. */
export function tellTiming(promotion: PromotionRecord, waits: readonly ReportedWait[]): ReportedTiming {
  const { createdAt, endedAt, layFailedMs = 0 } = promotion;
  const own = waits.filter(({ reason }) => reason !== waitOfFailed);
  return {
    requestedAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
    tookMs: endedAt === undefined ? null : timeTakenMs(promotion),
    waitedMs: own.reduce((sum, { tookMs }) => sum + (tookMs ?? 0), 0),
    failedMs: layFailedMs,
  };
}

/** Every step in its order, but for those that write the report themselves. */
export function tellSteps(
  promotion: PromotionRecord,
  events: readonly ChainedEvent[],
  waits: readonly ReportedWait[],
): readonly ReportedStep[] {
  return promotion.steps
    .filter((step) => isTold(promotion, step))
    .map((step) => {
      const { startedAt, finishedAt, compensation } = step;
      return {
        name: step.name,
        status: step.status,
        attempts: step.attempt,
        startedAt: startedAt?.toISOString() ?? null,
        finishedAt: finishedAt?.toISOString() ?? null,
        tookMs: startedAt === undefined || finishedAt === undefined ? null : finishedAt.getTime() - startedAt.getTime(),
        waitedMs: waitedBetween(waits, startedAt, finishedAt),
        summary: step.summary ?? null,
        error: step.error?.message ?? null,
        undo:
          compensation === undefined
            ? null
            : {
                status: compensation.status,
                attempts: compensation.attempt,
                tookMs: undoTook(events, step.name),
                summary: compensation.summary ?? null,
                error: compensation.error?.message ?? null,
              },
      };
    });
}

/** Reporting cannot tell of itself that it went well, and a rollback that nobody needed is no step that is missing. */
function isTold({ definition }: PromotionRecord, { name, status }: StepRecord): boolean {
  switch (definition.steps.find((step) => step.name === name)?.phase) {
    case 'report':
    case 'notify':
      return status === 'failed' || status === 'skipped';
    case 'restoration':
      return status !== 'pending';
    default:
      return true;
  }
}

function waitedBetween(waits: readonly ReportedWait[], from: Date | undefined, to: Date | undefined): number {
  if (from === undefined) return 0;
  const within = waits.filter(
    ({ since }) => since >= from.toISOString() && (to === undefined || since < to.toISOString()),
  );
  return within.reduce((sum, { tookMs }) => sum + (tookMs ?? 0), 0);
}

/** From the first time that it was begun to its end. */
function undoTook(events: readonly ChainedEvent[], step: string): number | null {
  const own = events.filter(({ data }) => data['step'] === step);
  const begun = own.find(({ type }) => type === 'compensation-started')?.at;
  const ended = own.findLast(({ type }) => type === 'compensation-finished' || type === 'compensation-failed')?.at;
  return begun === undefined || ended === undefined ? null : ended.getTime() - begun.getTime();
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
