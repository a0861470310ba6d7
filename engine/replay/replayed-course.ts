import type { Authorizer } from '../authorization.ts';
import type { JsonObject } from '../json.ts';
import type { Release } from '../release.ts';
import { behindTheChange, rejectionAmong, rejectionText } from '../workflow/approvals.ts';
import type { Definition, StepPhase, StepReference } from '../workflow/definition.ts';
import type { Override } from '../workflow/override.ts';
import { pendingSteps } from '../workflow/pending-steps.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { badReleaseText } from '../workflow/refuse-bad-release.ts';
import type { StepResult } from '../workflow/step-definition.ts';
import { slotWait, type CourseThen, type Round } from './course-then.ts';
import type { DeclaredPast } from './declared-past.ts';
import type { Instant } from './instant.ts';
import type { PastPromotion } from './past.ts';
import type { PastStore } from './past-store.ts';
import { PeopleThen, type Attended } from './people-then.ts';
import { decidedWaits, type ReplayDecision } from './replay-decision.ts';
import { runStepOfThen, type WorldOfThen } from './step-of-then.ts';

/** Phases of the steps that decide whether a promotion may change its target. */
const decidingPhases: readonly StepPhase[] = ['conditions', 'approval', 'window', 'validation'];
/** A run begins a little after what calls it. */
const lateSeconds = 120;
/** More steps than this are a circle. */
const mostSteps = 10_000;

/** What a course is gone with. */
export interface CourseSetting {
  readonly promotion: PastPromotion;
  readonly then: CourseThen;
  readonly release: Release;
  readonly definition: Definition;
  readonly overrides: readonly Override[];
  readonly world: WorldOfThen;
  readonly store: PastStore;
  readonly declared: DeclaredPast;
  readonly authorizer: Authorizer;
  readonly clock: Instant;
}

type Subject = PromotionRecord & { readonly planHash: string };
type Park = Extract<StepResult, { kind: 'park' }>;

/**
 * How a promotion would have gone by other rules: its steps are run at the moments at which the engine would have run
 * them, with what was known at each, and people do at their times what they really did.
 */
export class ReplayedCourse {
  readonly #setting: CourseSetting;
  readonly #steps: readonly StepReference[];
  readonly #people: PeopleThen;
  readonly #checkpoints = new Map<string, JsonObject>();
  #record: Subject;
  #conditionsAt: Date;
  #plans = 0;
  #hasPlan = false;

  constructor(setting: CourseSetting) {
    const { promotion, definition, overrides, store, authorizer, clock } = setting;
    this.#setting = setting;
    this.#steps = definition.steps.filter(({ phase }) => decidingPhases.includes(phase));
    this.#people = new PeopleThen(promotion.entries, store, authorizer);
    this.#conditionsAt = clock.now();
    const steps = pendingSteps(definition);
    this.#record = { ...promotion.record, definition, overrides, steps, planHash: 'plan-0' };
    store.attend(this.#people);
  }

  /** The promotion as it stands by the other rules. */
  get record(): PromotionRecord {
    return this.#record;
  }

  /** Takes it up again with what is set aside for it from here on. */
  setAside(overrides: readonly Override[]): void {
    this.#record = { ...this.#record, overrides: [...this.#record.overrides, ...overrides] };
  }

  /** Goes from a moment on up to what was decided then. @throws UnknownFactError */
  async go(from: Date): Promise<ReplayDecision> {
    const { clock, then } = this.#setting;
    while (this.#people.nextAt !== undefined && this.#people.nextAt < from) await this.#letAct('nothing');
    if (clock.now() < from) clock.moveTo(from);
    this.#beginAnew();
    let place = 0;
    for (let count = 0; count < mostSteps; count += 1) {
      const step = this.#steps[place];
      if (step === undefined || step.phase === 'approval') {
        const drift = this.#newDrift();
        if (drift !== undefined) {
          if (clock.now() < drift.at) clock.moveTo(drift.at);
          this.#plans += 1;
          this.#beginAnew();
          place = 0;
          continue;
        }
      }
      if (step === undefined) return { kind: 'let-through', at: clock.now() };
      if (then.decision.kind === 'stopped' && then.decision.step === step.name) return then.decision;
      const rejection = this.#rejection();
      if (rejection !== undefined) return rejection;
      const judged = this.#setting.declared.release(this.#setting.release, clock.now());
      if (judged.bad !== undefined) {
        return { kind: 'refused', at: clock.now(), by: step.name, reasons: [badReleaseText(judged)] };
      }
      const outcome = await this.#run(step);
      switch (outcome.kind) {
        case 'done': {
          this.#finish(step.name, outcome.output);
          const wait = step.name === 'await-window' ? await this.#waitForSlot() : undefined;
          if (wait !== undefined) return wait;
          place += 1;
          break;
        }
        case 'park': {
          this.#checkpoints.set(step.name, outcome.checkpoint);
          if (!(await this.#passTime(outcome, step))) return waitingFor(outcome);
          break;
        }
        case 'send-back':
          this.#beginAnew();
          place = 0;
          break;
        case 'end':
          return { kind: 'refused', at: clock.now(), by: step.name, reasons: [outcome.reason] };
        case 'refused':
          return { kind: 'refused', at: clock.now(), by: step.name, reasons: outcome.reasons };
        case 'unknown':
          return outcome;
      }
    }
    throw new Error(`${this.#record.id} goes on and on`);
  }

  #run(step: StepReference) {
    const { promotion, release, world } = this.#setting;
    return runStepOfThen(world, step, {
      record: this.#record,
      release,
      checkpoint: this.#checkpoints.get(step.name),
      round: this.#round(),
      referenceThen: promotion.record.definition.steps.find(({ name }) => name === step.name),
    });
  }

  #beginAnew(): void {
    this.#conditionsAt = this.#setting.clock.now();
    this.#checkpoints.clear();
    const steps = pendingSteps(this.#record.definition);
    this.#record = { ...this.#record, steps, planHash: `plan-${String(this.#plans)}` };
  }

  #finish(name: string, output: JsonObject): void {
    this.#checkpoints.delete(name);
    const finishedAt = this.#setting.clock.now();
    const steps = this.#record.steps.map((step) =>
      step.name === name ? { ...step, status: 'done' as const, output, finishedAt } : step,
    );
    this.#record = { ...this.#record, steps };
    if (name === 'validate-conditions') this.#hasPlan = true;
    // What was due is looked at before the moment goes on, as the conditions were looked at last.
    if (name === 'validate-conditions') this.#conditionsAt = finishedAt;
  }

  /** To the next moment at which something happens that the promotion may wait for. @returns false when there is none. */
  async #passTime({ until, reason }: Park, { phase }: StepReference): Promise<boolean> {
    const { clock, declared, release, then } = this.#setting;
    const { application, toEnvironment } = this.#record;
    const now = clock.now();
    const mark = declared.nextMark(release.id, now);
    const change = reason === 'window' ? declared.nextChange(application, toEnvironment, now) : undefined;
    const byItself = [until, change, mark]
      .filter((at) => at !== undefined)
      .toSorted((a, b) => a.getTime() - b.getTime())[0];
    const { nextAt } = this.#people;
    if (nextAt !== undefined && nextAt <= then.decidedAt && (byItself === undefined || nextAt < byItself)) {
      if (now < nextAt) clock.moveTo(nextAt);
      await this.#letAct(phase === 'approval' ? 'approval' : this.#hasPlan ? 'rejection' : 'nothing');
      return true;
    }
    if (byItself === undefined || byItself > then.decidedAt) return false;
    if (now < byItself) clock.moveTo(byItself);
    return true;
  }

  /** Somebody said no, which ends it at once whatever it waits for. */
  #rejection(): ReplayDecision | undefined {
    const { clock, release } = this.#setting;
    const rejection = rejectionAmong(this.#people.votes, behindTheChange(this.#record, release));
    if (rejection === undefined) return undefined;
    return { kind: 'refused', at: clock.now(), by: 'await-approval', reasons: [rejectionText(rejection)] };
  }

  async #letAct(asksFor: Attended['asksFor']): Promise<void> {
    const { clock, release } = this.#setting;
    const { nextAt } = this.#people;
    if (nextAt !== undefined && clock.now() < nextAt) clock.moveTo(nextAt);
    await this.#people.doNext({ record: this.#record, release, asksFor });
  }

  /** Others held the slot when it came to its turn then, and so they would have. @returns what it waits for in vain. */
  async #waitForSlot(): Promise<ReplayDecision | undefined> {
    const { clock, declared, release, then } = this.#setting;
    const wait = slotWait(this.#round());
    if (wait === undefined || clock.now().getTime() < wait.since.getTime() - lateSeconds * 1000) return undefined;
    if (wait.until === undefined) {
      if (then.decision.kind === 'waiting') return then.decision;
      // Somebody ended the wait: who rejected it, or marked its release bad.
      while (this.#people.nextAt !== undefined && this.#people.nextAt <= then.decidedAt)
        await this.#letAct('rejection');
      const mark = declared.nextMark(release.id, clock.now());
      if (mark !== undefined && mark <= then.decidedAt) clock.moveTo(mark);
      return undefined;
    }
    if (clock.now() < wait.until) clock.moveTo(wait.until);
    return undefined;
  }

  /** Since the conditions were looked at, the target was found to be another one than the plan was made for. */
  #newDrift(): Round | undefined {
    const now = this.#setting.clock.now().getTime();
    return this.#setting.then.rounds.find(
      ({ cause, at }) => cause === 'plan' && at > this.#conditionsAt && at.getTime() - lateSeconds * 1000 <= now,
    );
  }

  /** What really went on at this moment. */
  #round(): Round {
    const { rounds } = this.#setting.then;
    const now = this.#setting.clock.now();
    const [first] = rounds;
    const found = rounds.findLast(({ at }) => at <= now) ?? first;
    if (found === undefined) throw new Error(`${this.#record.id} was never asked for`);
    return found;
  }
}

function waitingFor({ reason, detail, until }: Park): ReplayDecision {
  const decided = decidedWaits.find((each) => each === reason);
  if (decided === undefined) throw new Error(`nobody decides about waiting for ${reason}`);
  return { kind: 'waiting', reason: decided, detail, until };
}
