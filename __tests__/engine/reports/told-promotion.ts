import type { Evidence } from '../../../engine/evidence/evidence.ts';
import type { ReportFacts } from '../../../engine/reports/report-facts.ts';
import type { ChangeEntry, ChecklistTick } from '../../../engine/workflow/environment-record.ts';
import { Draft } from '../../../engine/workflow/draft.ts';
import type { ErrorReport } from '../../../engine/workflow/error-report.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import type { Vote } from '../../../engine/workflow/step-queries.ts';
import type { ChainedEvent } from '../../../engine/workflow/transition.ts';
import { moment, sampleDefinition, samplePromotion, sampleRelease, sampleStep } from '../workflow/sample-promotion.ts';

const undoable = { compensate: async () => ({ kind: 'done', summary: 'undone', output: {} }) as const };

/** The steps of a promotion that is told of. */
export const toldDefinition = sampleDefinition([
  sampleStep({ name: 'initialize', phase: 'initialize' }),
  sampleStep({ name: 'validate-conditions', phase: 'conditions' }),
  sampleStep({ name: 'await-approval', phase: 'approval' }),
  sampleStep({ name: 'validate-artifacts', phase: 'validation' }),
  sampleStep({ name: 'back-up', phase: 'move' }),
  sampleStep({ name: 'migrate-database', phase: 'move', ...undoable }),
  sampleStep({ name: 'promote-artifacts', phase: 'move', ...undoable }),
  sampleStep({ name: 'deploy', phase: 'deploy', ...undoable }),
  sampleStep({ name: 'verify-rollback', phase: 'restoration' }),
  sampleStep({ name: 'report', phase: 'report', isOptional: true }),
  sampleStep({ name: 'notify', phase: 'notify', isOptional: true }),
]);

export function toldError(more: Partial<ErrorReport> = {}): ErrorReport {
  return {
    category: 'NETWORK',
    severity: 'HIGH',
    isRetryable: true,
    message: 'connect ECONNREFUSED',
    code: 'ECONNREFUSED',
    remedy: 'Start the service.',
    ...more,
  };
}

/** A promotion to which things happen one after the other, with everything that would be stored of it. */
export class ToldPromotion {
  record: PromotionRecord;
  readonly events: ChainedEvent[] = [];
  readonly votes: Vote[] = [];
  readonly ticks: ChecklistTick[] = [];
  readonly changes: ChangeEntry[] = [];
  evidence: Evidence[] = [];
  #seconds = 0;

  constructor(more: Partial<PromotionRecord> = {}) {
    this.record = samplePromotion(toldDefinition, more);
  }

  get now(): Date {
    return new Date(moment.getTime() + this.#seconds * 1000);
  }

  /** Something happens so many seconds after what happened before. */
  after(seconds: number, change: (draft: Draft, now: Date) => void): this {
    this.#seconds += seconds;
    const draft = new Draft(this.record, this.now, 1);
    change(draft, this.now);
    const transition = draft.toTransition(1);
    this.record = draft.record;
    this.events.push(...transition.events);
    this.votes.push(...transition.votes);
    this.ticks.push(...transition.ticks);
    this.changes.push(...transition.changes);
    return this;
  }

  get facts(): ReportFacts {
    const { record: promotion, events, votes, ticks, changes, evidence } = this;
    return {
      promotion,
      release: sampleRelease,
      plan: undefined,
      events,
      votes,
      ticks,
      changes,
      evidence,
      openItems: [],
    };
  }
}
