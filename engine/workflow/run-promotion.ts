import type { ClaimedPromotion, WorkflowStore } from '../store/workflow-store.ts';
import type { Release } from '../release.ts';
import { notMeasuredCode } from '../deployment/not-measured-error.ts';
import { engineActor } from './actor.ts';
import { awaitRollback } from './await-rollback.ts';
import type { Clock } from './clock.ts';
import { decide } from './decide.ts';
import { Draft } from './draft.ts';
import type { ChecklistTick } from './environment-record.ts';
import { executeStep, type Execution, type Outcome } from './execute-step.ts';
import { leaveOpenItems } from './leave-open-items.ts';
import type { LogBuffer } from './log-buffer.ts';
import { slotResources } from './new-promotion.ts';
import type { Ports } from './ports.ts';
import type { PromotionRecord } from './promotion.ts';
import { badReleaseCode, isOfBadRelease, refuseBadRelease } from './refuse-bad-release.ts';
import { scheduleContract } from './schedule-contract.ts';
import { isEndState } from './state.ts';
import { settleCompensation, settleStep } from './settle-step.ts';
import { UnknownStepError, type StepRegistry } from './step-registry.ts';

export { newPromotionId, slotResources } from './new-promotion.ts';

/** What a run needs; adapters decide whether it is a laptop or the cloud. */
export interface Engine {
  readonly store: WorkflowStore;
  readonly ports: Ports;
  readonly steps: StepRegistry;
  readonly clock: Clock;
  readonly stateVersion: number;
  /** A number in [0, 1), for jitter. */
  random(): number;
}

/** Another run holds the promotion now. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
  constructor(promotionId: string) {
    super(`the lease of ${promotionId} was lost to another run`);
  }
}

type Next =
  { readonly kind: 'execute'; readonly step: string; readonly mode: Execution['mode'] } | { readonly kind: 'stop' };

/** Runs one claimed promotion until it parks, ends or is lost. */
export class PromotionRun {
  readonly #engine: Engine;
  readonly #logs: LogBuffer;
  readonly #lost = new AbortController();
  #interrupt = new AbortController();
  #record: PromotionRecord;
  #release: Release;

  constructor(engine: Engine, logs: LogBuffer, { promotion, release }: ClaimedPromotion) {
    this.#engine = engine;
    this.#logs = logs;
    this.#record = promotion;
    this.#release = release;
  }

  get promotionId(): string {
    return this.#record.id;
  }

  get fence(): number {
    return this.#record.fence;
  }

  /** Stops the run at once: somebody else holds the promotion. */
  lose(): void {
    this.#lost.abort(new LeaseLostError(this.#record.id));
    this.#interrupt.abort(new LeaseLostError(this.#record.id));
  }

  /** Cuts the running step short, because a person asked to cancel or to roll back. */
  turnRound(): void {
    if (this.#record.rollback !== undefined) return;
    this.#interrupt.abort(new Error('stopped on request'));
  }

  /**
   * @returns the record as this run left it.
   * @throws LeaseLostError; UnknownStepError when only a newer engine can run it, before anything is written
   */
  async run(): Promise<PromotionRecord> {
    this.#leaveToNewerEngine();
    try {
      let next = await this.#commit(() => undefined);
      while (next.kind === 'execute') {
        const execution = await this.#execute(next.step, next.mode);
        next = await this.#commit((draft) => {
          this.#settle(draft, execution);
        });
      }
      return this.#record;
    } finally {
      await this.#logs.flush().catch(() => undefined);
    }
  }

  #leaveToNewerEngine(): void {
    for (const { name, uses, version } of this.#record.definition.steps) {
      try {
        this.#engine.steps.find(uses ?? name, version);
      } catch (error) {
        if (error instanceof UnknownStepError && error.isNewer) throw error;
      }
    }
  }

  async #execute(step: string, mode: Execution['mode']): Promise<Execution> {
    this.#interrupt = new AbortController();
    this.#lost.signal.throwIfAborted();
    const outcome: Outcome = await executeStep(this.#engine, this.#logs, {
      record: this.#record,
      release: this.#release,
      step,
      mode,
      signal: this.#interrupt.signal,
    });
    this.#lost.signal.throwIfAborted();
    return { step, mode, outcome };
  }

  #settle(draft: Draft, execution: Execution): void {
    const settle = execution.mode === 'run' ? settleStep : settleCompensation;
    settle(draft, execution.step, execution.outcome, {
      now: this.#engine.clock.now(),
      random: this.#engine.random(),
    });
  }

  /**
   * Applies a change, decides what is next and stores both as one transition. When a person's command came in between,
   * the change is applied again to what that command left; when the slot is taken, the promotion queues for it.
   */
  async #commit(change: (draft: Draft) => void): Promise<Next> {
    let waitsForSlot: string | undefined;
    let wasOvertaken = false;
    for (;;) {
      this.#lost.signal.throwIfAborted();
      const draft = new Draft(this.#record, this.#engine.clock.now(), this.#engine.stateVersion);
      change(draft);
      const ticks = await this.#ticksBehind(draft.record);
      const next = settleDecisions(draft, { release: this.#release, waitsForSlot, ticks }, this.#engine.clock.now());
      // The command that came in between (a vote, say) may be what the step waits for: it must look again.
      const { parked } = draft.record;
      if (wasOvertaken && next.kind === 'stop' && parked !== undefined && parked.reason !== 'retry') draft.makeDue();
      const outcome = await this.#engine.store.commit(draft.toTransition(this.#record.fence));
      switch (outcome.outcome) {
        case 'applied':
          this.#record = { ...draft.record, version: outcome.version, fence: outcome.fence };
          return next;
        case 'slot-busy':
          waitsForSlot = await this.#whoHoldsTheSlot();
          break;
        case 'conflict':
          wasOvertaken = true;
          await this.#reload();
          // A command ended it for good: what the step found changes nothing any more.
          if (isEndState(this.#record.state)) return { kind: 'stop' };
          break;
        case 'lost-lease':
        case 'missing':
          throw new LeaseLostError(this.#record.id);
      }
    }
  }

  /** What people ticked while it ran; asked for only where something may be left to do. */
  async #ticksBehind({ id, definition }: PromotionRecord): Promise<readonly ChecklistTick[]> {
    const hasItemsBehind = (definition.checklist ?? []).some(({ phase }) => phase === 'after');
    return hasItemsBehind ? this.#engine.store.ticks(id) : [];
  }

  /** What it waits for, in words: the promotion that is there, by name. */
  async #whoHoldsTheSlot(): Promise<string> {
    const { toEnvironment } = this.#record;
    const holder = await this.#engine.store.holderOf(slotResources(this.#record));
    if (holder === undefined) return `another promotion into ${toEnvironment} is running`;
    const { promotionId, state } = holder;
    if (state !== 'ROLLBACK_FAILED') return `${promotionId} is there now`;
    return `${toEnvironment} is half-way since ${promotionId} could not be taken back; promote retry ${promotionId} goes on with that`;
  }

  async #reload(): Promise<void> {
    const fresh = await this.#engine.store.load(this.#record.id);
    if (fresh?.fence !== this.#record.fence) throw new LeaseLostError(this.#record.id);
    this.#record = fresh;
    // Marking a release bad moves the version of every promotion of it, so that none goes on without having looked.
    this.#release = await this.#loadRelease();
  }

  async #loadRelease(): Promise<Release> {
    const release = await this.#engine.store.loadRelease(this.#record.releaseId);
    if (release === undefined) throw new Error(`release ${this.#record.releaseId} is not in the store`);
    return release;
  }
}

/** How long a queued promotion waits before it looks again by itself, should the signal that its turn came be lost. */
const slotPollSeconds = 30;

/** What a run has looked at beside the promotion itself. */
interface Known {
  readonly release: Release;
  /** In words; undefined: it has not been found taken. */
  readonly waitsForSlot: string | undefined;
  readonly ticks: readonly ChecklistTick[];
}

/** Walks the decisions that need nothing from outside; ends at a step to execute, a wait or the end. */
function settleDecisions(draft: Draft, { release, waitsForSlot, ticks }: Known, now: Date): Next {
  for (;;) {
    if (draft.toTransition(undefined).lease === 'release') return { kind: 'stop' };
    if (isOfBadRelease(draft.record, release)) refuseBadRelease(draft, release, now);
    const decision = decide(draft.record);
    switch (decision.kind) {
      case 'stop':
        draft.rest();
        return { kind: 'stop' };
      case 'move':
        draft.moveTo(decision.to, engineActor);
        if (decision.to === 'ROLLING_BACK') announceRollback(draft);
        break;
      case 'end':
        if (decision.state === 'ROLLED_BACK') recordRollback(draft);
        if (decision.state === 'COMPLETED_SUCCESSFULLY') {
          leaveOpenItems(draft, ticks);
          scheduleContract(draft, now);
        }
        draft.releaseSlot(engineActor);
        draft.moveTo(decision.state, engineActor);
        if (decision.state === 'CANCELLED') {
          draft.announce('promotion.ended', { state: decision.state, reason: draft.record.rollback?.reason ?? '' });
        }
        return { kind: 'stop' };
      case 'acquire-slot': {
        if (waitsForSlot !== undefined) {
          const until = new Date(now.getTime() + slotPollSeconds * 1000);
          draft.park({ reason: 'slot', detail: waitsForSlot, until }, engineActor);
          return { kind: 'stop' };
        }
        draft.acquireSlot(engineActor, slotResources(draft.record));
        break;
      }
      case 'await-rollback':
        awaitRollback(draft, now);
        return { kind: 'stop' };
      case 'run':
        draft.startStep(decision.step, engineActor);
        return { kind: 'execute', step: decision.step, mode: 'run' };
      case 'compensate':
        draft.startCompensation(decision.step, engineActor);
        return { kind: 'execute', step: decision.step, mode: 'compensate' };
    }
  }
}

function announceRollback(draft: Draft): void {
  const { failure, rollback } = draft.record;
  draft.announce('rollback.started', {
    trigger: rollback?.trigger ?? 'manual',
    reason: rollback?.reason ?? 'no reason given',
    requestedBy: rollback?.requestedBy ?? engineActor.id,
    ...(failure === undefined ? {} : { step: failure.step, error: failure.error.message }),
  });
}

/**
 * A release that was taken back is not promoted again by itself, and nothing else is either until a person says so. One that
 * was taken back only because nobody could tell how it was is not marked: nothing is known against it.
 */
function recordRollback(draft: Draft): void {
  const { record } = draft;
  const code = record.failure?.error.code;
  const isUnknown = code === notMeasuredCode && record.rollback?.trigger === 'automatic';
  if (record.rollback?.trigger !== 'cancel' && code !== badReleaseCode && !isUnknown) {
    draft.markReleaseBad(record.releaseId, record.rollback?.reason ?? 'rolled back', engineActor);
  }
  if (record.definition.rollback.pausesAutoPromotion !== false) {
    draft.pauseAutoPromotion(record.toEnvironment, engineActor);
  }
}
