import { chainEvent, genesisHash } from '../audit/hash-chain.ts';
import type { JsonObject } from '../json.ts';
import type { AnnouncementType } from '../notifications/announcements.ts';
import { engineActor, type Actor } from './actor.ts';
import { Consequences } from './consequences.ts';
import type { ChecklistTick, OpenItem } from './environment-record.ts';
import { errorData, type ErrorReport } from './error-report.ts';
import { failedChecks, outputOfFound, type FoundBeforeFailure } from './found-before-failure.ts';
import type { Override } from './override.ts';
import type { Parked, ParkReason, PromotionRecord, RollbackRequest, StepRecord } from './promotion.ts';
import type { StepRecords } from './step-definition.ts';
import { begun, begunAnew, undoing, undoingBegun } from './step-progress.ts';
import type { Vote } from './step-queries.ts';
import { isEndState, type PromotionState } from './state.ts';
import { withoutSecrets } from './without-secrets.ts';
import { IllegalTransitionError, mayFollow } from './transition-table.ts';
import type { ChainedEvent, FollowUp, OutboxMessage, Transition } from './transition.ts';

export { genesisHash };

/** Waits that people hear of; the others are over in a moment, or have an announcement of their own. */
const announcedWaits: readonly ParkReason[] = ['slot', 'soak', 'window'];

/**
 * Collects what one transition changes. Every change appends its audit entry, so that nothing can be stored without
 * its trace; nothing is written before the store commits the whole.
 */
export class Draft {
  #record: PromotionRecord;
  readonly #expectedVersion: number;
  readonly #at: Date;
  readonly #steps = new Map<string, StepRecord>();
  readonly #events: ChainedEvent[] = [];
  readonly #outbox: OutboxMessage[] = [];
  readonly #followUps: FollowUp[] = [];
  readonly #consequences = new Consequences();
  #resources: Transition['resources'];
  #lease: Transition['lease'] = 'keep';
  #dueAt: Transition['dueAt'];

  /** @param stateVersion of the engine that writes; the record keeps the highest that ever did. */
  constructor(record: PromotionRecord, at: Date, stateVersion: number) {
    this.#expectedVersion = record.version;
    this.#at = at;
    this.#record = { ...record, stateVersion: Math.max(record.stateVersion, stateVersion), updatedAt: at };
  }

  get record(): PromotionRecord {
    return this.#record;
  }

  step(name: string): StepRecord {
    const step = this.#record.steps.find((each) => each.name === name);
    if (step === undefined) throw new Error(`${this.#record.id} has no step ${name}`);
    return step;
  }

  append(type: string, actor: Actor, said: JsonObject): void {
    const data = withoutSecrets(said);
    const seq = this.#record.eventSeq + 1;
    const previousHash = this.#record.headHash;
    const entry = { promotionId: this.#record.id, seq, at: this.#at, type, actor, data, previousHash };
    const hash = chainEvent(entry);
    this.#events.push({ seq, at: this.#at, type, actor, data, previousHash, hash });
    this.#record = { ...this.#record, eventSeq: seq, headHash: hash };
  }

  moveTo(state: PromotionState, actor: Actor): void {
    const from = this.#record.state;
    if (!mayFollow(from, state)) throw new IllegalTransitionError(this.#record.id, from, state);
    this.#record = { ...this.#record, state, parked: undefined };
    this.append('state-changed', actor, { from, to: state });
    if (isEndState(state)) this.#end();
  }

  startStep(name: string, actor: Actor): void {
    const step = this.step(name);
    const phase = this.#record.definition.steps.find((each) => each.name === name)?.phase;
    // What was served since a deployment began is judged from that moment on, however long nobody looked.
    const running = begun(step, this.#at, phase !== 'deploy');
    this.#setStep(running);
    if (step.status === 'parked') return;
    this.append('step-started', actor, { step: name, attempt: running.attempt });
    this.#unpark();
  }

  finishStep(name: string, actor: Actor, summary: string, output: JsonObject, records: StepRecords): void {
    this.#unpark();
    this.#setStep({ ...this.step(name), status: 'done', finishedAt: this.#at, summary, output, checkpoint: undefined });
    this.append('step-finished', actor, { step: name, summary, output });
    if (records.plan !== undefined) {
      this.#record = { ...this.#record, planHash: records.plan.hash };
      this.append('plan-made', actor, { hash: records.plan.hash });
    }
    this.#keep(records);
  }

  parkStep(
    name: string,
    actor: Actor,
    parked: Omit<Parked, 'since'>,
    checkpoint: JsonObject,
    records: StepRecords = {},
  ): void {
    const step = this.step(name);
    this.#setStep({ ...step, status: 'parked', checkpoint });
    this.#keep(records);
    this.park(parked, actor);
  }

  /** @param found before it failed; it stays with the step, and the failed checks are named. */
  failStep(name: string, actor: Actor, error: ErrorReport, found: FoundBeforeFailure = {}): void {
    this.#unpark();
    const output = outputOfFound(found);
    const kept = output === undefined ? {} : { output };
    this.#setStep({ ...this.step(name), status: 'failed', finishedAt: this.#at, error, ...kept });
    const failed = failedChecks(found);
    const named = failed.length === 0 ? {} : { failedChecks: failed };
    this.append('step-failed', actor, { step: name, error: errorData(error), ...named });
  }

  /** An optional step that did not work out; the promotion goes on with the warning recorded. */
  passOverStep(name: string, actor: Actor, error: ErrorReport): void {
    this.#unpark();
    this.#setStep({ ...this.step(name), status: 'skipped', finishedAt: this.#at, error, summary: error.message });
    this.append('step-passed-over', actor, { step: name, error: errorData(error) });
  }

  retryStep(name: string, actor: Actor, error: ErrorReport, until: Date): void {
    const step = this.step(name);
    this.#setStep({ ...step, status: 'retrying', error });
    this.append('step-retrying', actor, { step: name, attempt: step.attempt, error: errorData(error) });
    if (this.#record.state === 'PROMOTION_RUNNING') this.moveTo('PROMOTION_RETRYING', actor);
    this.park({ reason: 'retry', detail: `${name} is tried again: ${error.message}`, until }, actor);
  }

  /** Puts steps back to the beginning, because what they found no longer holds. */
  resetSteps(names: readonly string[], actor: Actor, reason: string): void {
    this.#unpark();
    const compensable = this.#record.definition.steps.filter((each) => each.isCompensable).map((each) => each.name);
    for (const name of names) this.#setStep(begunAnew(this.step(name), compensable.includes(name)));
    this.append('steps-reset', actor, { steps: names, reason });
  }

  startCompensation(name: string, actor: Actor): void {
    const step = this.step(name);
    const running = undoingBegun(step);
    this.#setStep(running);
    if (step.compensation?.status === 'parked') return;
    this.append('compensation-started', actor, { step: name, attempt: running.compensation?.attempt ?? 1 });
    this.#unpark();
  }

  finishCompensation(name: string, actor: Actor, summary: string, records: StepRecords): void {
    this.#unpark();
    this.#setStep(undoing(this.step(name), { status: 'done', summary }));
    this.append('compensation-finished', actor, { step: name, summary });
    this.#keep(records);
  }

  parkCompensation(
    name: string,
    actor: Actor,
    parked: Omit<Parked, 'since'>,
    checkpoint: JsonObject,
    records: StepRecords = {},
  ): void {
    this.#setStep(undoing(this.step(name), { status: 'parked', checkpoint }));
    this.#keep(records);
    this.park(parked, actor);
  }

  retryCompensation(name: string, actor: Actor, error: ErrorReport, until: Date): void {
    const step = this.step(name);
    const attempt = step.compensation?.attempt ?? 1;
    const checkpoint = step.compensation?.checkpoint;
    this.#setStep(undoing(step, { status: 'retrying', checkpoint, error }));
    this.append('compensation-retrying', actor, { step: name, attempt, error: errorData(error) });
    this.park({ reason: 'retry', detail: `undoing ${name} is tried again: ${error.message}`, until }, actor);
  }

  failCompensation(name: string, actor: Actor, error: ErrorReport): void {
    this.#unpark();
    this.#setStep(undoing(this.step(name), { status: 'failed', error }));
    this.append('compensation-failed', actor, { step: name, error: errorData(error) });
  }

  /**
   * Ends the run until a time or a signal. A step that is looked at again and still waits for the same thing keeps its
   * first entry: a bake of an hour is one line of the audit trail, not thousands.
   */
  park(parked: Omit<Parked, 'since'>, actor: Actor): void {
    const before = this.#record.parked;
    const isSameWait = before?.reason === parked.reason && before.detail === parked.detail;
    this.#record = { ...this.#record, parked: { ...parked, since: isSameWait ? before.since : this.#at } };
    if (!isSameWait) {
      const until = parked.until?.toISOString() ?? null;
      this.append('parked', actor, { reason: parked.reason, detail: parked.detail, until });
      if (announcedWaits.includes(parked.reason)) {
        this.announce('promotion.parked', { reason: parked.reason, detail: parked.detail, until });
      }
    }
    this.#lease = 'release';
    this.#dueAt = parked.until ?? 'never';
  }

  fail(step: string, actor: Actor, error: ErrorReport, requirementsNotMet: boolean): void {
    this.#record = { ...this.#record, failure: { step, error, requirementsNotMet } };
    this.append('failed', actor, { step, requirementsNotMet, error: errorData(error) });
  }

  /** Forgets the failure so that the promotion can be taken up again. */
  clearFailure(actor: Actor): void {
    this.#record = { ...this.#record, failure: undefined, endedAt: undefined };
    this.append('resumed', actor, {});
  }

  /** Lets the undoing that failed be tried again, and what follows it. */
  resumeRollback(actor: Actor, acceptsDataLoss: boolean): void {
    for (const step of this.#record.steps) {
      if (step.compensation?.status === 'failed') {
        this.#setStep({
          ...step,
          compensation: { ...step.compensation, status: 'retrying', attempt: 0, error: undefined },
        });
      }
    }
    const { rollback } = this.#record;
    this.#record = { ...this.#record, endedAt: undefined };
    const isAccepted = rollback?.acceptsDataLoss === true || acceptsDataLoss;
    const asked = { acceptsDataLoss: isAccepted, at: this.#at, escalations: 0 };
    this.changeRollback(asked, 'rollback-resumed', actor, { acceptsDataLoss });
  }

  /** What somebody said was undone by hand is undone after all, by the engine. @param steps their names. */
  withdrawConfirmation(steps: readonly string[], actor: Actor): void {
    for (const step of this.#record.steps) {
      if (!steps.includes(step.name) || step.compensation === undefined) continue;
      const compensation = { ...step.compensation, status: 'retrying', attempt: 0, summary: undefined } as const;
      this.#setStep({ ...step, compensation });
    }
    const { rollback } = this.#record;
    if (rollback === undefined) return;
    const { confirmedBy, ...rest } = rollback;
    this.#record = { ...this.#record, rollback: rest };
    this.append('rollback-confirmation-withdrawn', actor, { confirmedBy: confirmedBy ?? null, steps: [...steps] });
  }

  requestRollback(request: RollbackRequest, actor: Actor): void {
    this.#record = { ...this.#record, rollback: request };
    this.append('rollback-requested', actor, {
      trigger: request.trigger,
      reason: request.reason,
      acceptsDataLoss: request.acceptsDataLoss,
      ...(request.to === undefined ? {} : { to: request.to.release }),
      ...(request.restoresDatabase === true ? { restoresDatabase: true } : {}),
      ...(request.undoesMigrations === true ? { undoesMigrations: true } : {}),
      ...(request.confirmedBy === undefined ? {} : { confirmedBy: request.confirmedBy }),
    });
  }

  /** Changes what is remembered of the wish to take it back, with the entry that says why. */
  changeRollback(change: Partial<RollbackRequest>, type: string, actor: Actor, data: JsonObject): void {
    const { rollback } = this.#record;
    if (rollback !== undefined) this.#record = { ...this.#record, rollback: { ...rollback, ...change } };
    this.append(type, actor, data);
  }

  vote(vote: Vote, actor: Actor): void {
    this.#consequences.votes.push(vote);
    this.append(vote.decision === 'approved' ? 'approval-given' : 'approval-refused', actor, {
      stage: vote.stage,
      planHash: vote.planHash,
      comment: vote.comment ?? null,
    });
  }

  acquireSlot(actor: Actor, resources: readonly string[]): void {
    this.#resources = 'acquire';
    this.#record = { ...this.#record, holdsSlot: true };
    this.append('slot-taken', actor, { resources });
  }

  releaseSlot(actor: Actor): void {
    if (!this.#record.holdsSlot) return;
    this.#resources = 'release';
    this.#record = { ...this.#record, holdsSlot: false };
    this.append('slot-released', actor, {});
  }

  pauseAutoPromotion(environment: string, actor: Actor): void {
    this.#consequences.pauseAutoPromotion = environment;
    this.append('auto-promotion-paused', actor, { environment });
  }

  markReleaseBad(releaseId: string, reason: string, actor: Actor): void {
    this.#consequences.markBad = { releaseId, reason, by: actor.id };
    this.append('release-marked-bad', actor, { releaseId, reason });
  }

  /** Brings about a promotion of its own, together with what this transition stores. */
  followUp(followUp: FollowUp, actor: Actor, data: JsonObject): void {
    const { id, kind } = followUp.record;
    this.#followUps.push(followUp);
    this.append('follow-up', actor, { promotion: id, kind, ...data });
  }

  send(message: OutboxMessage): void {
    this.#outbox.push(message);
  }

  /** Tells the world about the entry that was appended last; its number makes the id, so a repetition is recognised. */
  announce(type: AnnouncementType, data: JsonObject): void {
    const { id, application, fromEnvironment, toEnvironment, eventSeq } = this.#record;
    const body = { promotionId: id, application, from: fromEnvironment, to: toEnvironment, ...data };
    const eventId = `${id}-${String(eventSeq)}`;
    const isTold = this.#outbox.some((message) => message.eventId === eventId);
    this.send({ eventId: isTold ? `${eventId}-${type}` : eventId, type, body });
  }

  /** Ends the run of a promotion that has nothing left to do. */
  rest(): void {
    this.#lease = 'release';
    this.#dueAt = 'never';
  }

  /** Has the promotion run again as soon as an executor can. */
  makeDue(): void {
    this.#dueAt = this.#at;
  }

  /** @param fence of the run that writes; undefined for a person's command, which holds no lease. */
  toTransition(fence: number | undefined): Transition {
    return {
      record: this.#record,
      expectedVersion: this.#expectedVersion,
      fence,
      at: this.#at,
      steps: [...this.#steps.values()],
      events: this.#events,
      outbox: this.#outbox,
      followUps: this.#followUps,
      resources: this.#resources,
      lease: this.#lease,
      dueAt: this.#dueAt,
      ...this.#consequences.all(this.#record.requestedBy.id),
    };
  }

  /** Sets a rule aside for this promotion; it stays visible wherever the promotion is shown. */
  override(override: Override, actor: Actor): void {
    const { kind, reason } = override;
    const overrides = [...this.#record.overrides, override];
    this.#record = { ...this.#record, overrides };
    this.#consequences.overrides = overrides;
    this.#consequences.changes.push({ kind: 'override', subject: kind, before: undefined, after: reason });
    this.append('override', actor, { kind, reason });
  }

  tick(tick: ChecklistTick, actor: Actor): void {
    this.#consequences.ticks.push(tick);
    this.append('checklist-ticked', actor, {
      item: tick.item,
      phase: tick.phase,
      by: tick.tickedBy,
      note: tick.note ?? null,
    });
  }

  openItem(item: OpenItem, actor: Actor): void {
    this.#consequences.openItems.push(item);
    this.append('item-opened', actor, { kind: item.kind, detail: item.detail });
  }

  #keep(records: StepRecords): void {
    this.#consequences.keep(records);
    for (const tick of records.ticks ?? []) this.tick(tick, engineActor);
    for (const { kind, detail } of records.openItems ?? []) this.append('item-opened', engineActor, { kind, detail });
    for (const message of records.messages ?? []) this.send(message);
  }

  #end(): void {
    this.#record = { ...this.#record, endedAt: this.#at };
    this.rest();
  }

  #unpark(): void {
    if (this.#record.parked !== undefined) this.#record = { ...this.#record, parked: undefined };
  }

  #setStep(step: StepRecord): void {
    this.#steps.set(step.name, step);
    this.#record = {
      ...this.#record,
      steps: this.#record.steps.map((each) => (each.name === step.name ? step : each)),
    };
  }
}
