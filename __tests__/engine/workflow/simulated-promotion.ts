import { HttpError } from '../../../engine/http-error.ts';
import type { WorkflowStore } from '../../../engine/store/workflow-store.ts';
import { VirtualClock } from '../../../engine/workflow/clock.ts';
import type { Definition, StepPhase } from '../../../engine/workflow/definition.ts';
import { awaitsRollback, stepsToCompensate } from '../../../engine/workflow/decide.ts';
import { Draft } from '../../../engine/workflow/draft.ts';
import { LogBuffer } from '../../../engine/workflow/log-buffer.ts';
import { outcomeOf } from '../../../engine/workflow/outcome.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { PromotionRun, type Engine } from '../../../engine/workflow/run-promotion.ts';
import { isEndState } from '../../../engine/workflow/state.ts';
import {
  RequirementsNotMetError,
  type StepContext,
  type StepDefinition,
  type StepResult,
} from '../../../engine/workflow/step-definition.ts';
import { StepRegistry } from '../../../engine/workflow/step-registry.ts';
import { MemoryWorkflowStore, ProcessDied, type Fault } from './memory-workflow-store.ts';
import { ana, moment, sampleDefinition, samplePromotion, sampleRelease, sampleStep } from './sample-promotion.ts';

/** How one attempt of a step goes. */
export const outcomes = [
  'done',
  'park',
  'transient',
  'permanent',
  'mild',
  'requirements',
  'send-back',
  'reject',
  'nonsense',
] as const;
export type ScriptedOutcome = (typeof outcomes)[number];

/** What somebody outside does while an attempt runs. */
export const interferences = ['none', 'cancel', 'rollback', 'touch'] as const;
export type Interference = (typeof interferences)[number];

export interface Script {
  readonly outcomes: readonly ScriptedOutcome[];
  readonly interferences: readonly Interference[];
  readonly faults: readonly (Fault | 'none')[];
  readonly isRollbackEnabled: boolean;
  readonly isDryRun: boolean;
  /** How a person takes back what the rules leave to people. */
  readonly takenBackBy: 'engine' | 'hand';
}

export interface Called {
  readonly step: string;
  readonly mode: 'run' | 'compensate';
  readonly phase: StepPhase;
  readonly heldSlot: boolean;
  readonly state: string;
  /** What the promotion was going to end in, as far as could be told then. */
  readonly outcome: string;
}

const plan: readonly (readonly [string, StepPhase, boolean, boolean?])[] = [
  ['look', 'initialize', false],
  ['check', 'conditions', false],
  ['ask', 'approval', false],
  ['inspect', 'validation', false],
  ['back-up', 'move', false],
  ['configure', 'move', true],
  ['migrate', 'move', true],
  ['deploy', 'deploy', true],
  ['verify', 'deploy', false],
  ['verify-rollback', 'restoration', false],
  ['report', 'report', false, true],
  ['notify', 'notify', false, true],
];
const dryRunSteps = ['look', 'check'];

/** More runs than any script can ask for: a promotion that needs them never ends. */
const mostRuns = 400;

/** A promotion whose steps, faults and interferences come from a script; past its end everything goes well. */
export class SimulatedPromotion {
  readonly store: MemoryWorkflowStore;
  readonly calls: Called[] = [];
  readonly #engine: Engine;
  readonly #faults: (Fault | 'none')[];
  readonly #outcomes: ScriptedOutcome[];
  readonly #interferences: Interference[];

  readonly #takenBackBy: Script['takenBackBy'];

  constructor(script: Script) {
    this.#takenBackBy = script.takenBackBy;
    this.#outcomes = [...script.outcomes];
    this.#interferences = [...script.interferences];
    this.#faults = [...script.faults];
    const steps = plan
      .filter(([name]) => !script.isDryRun || dryRunSteps.includes(name))
      .map(([name, phase, isCompensable, isOptional]) => this.#step(name, phase, isCompensable, isOptional ?? false));
    const definition = sampleDefinition(steps, {
      rollback: { isEnabled: script.isRollbackEnabled, timeoutSeconds: 300 },
    } satisfies Partial<Definition>);
    this.store = new MemoryWorkflowStore(
      samplePromotion(definition, { isDryRun: script.isDryRun }),
      sampleRelease,
      () => {
        const fault = this.#faults.shift();
        return fault === 'none' ? undefined : fault;
      },
    );
    const clock = new VirtualClock(moment);
    // The runs ask this store for nothing else, and these steps for no port.
    const store = this.store as unknown as WorkflowStore;
    const ports = {} as Ports;
    this.#engine = { store, ports, steps: new StepRegistry(steps), clock, stateVersion: 1, random: () => 0.5 };
  }

  /** Runs until the promotion has ended, as workers do: again after each wait, and after each death. */
  async runToEnd(): Promise<PromotionRecord> {
    for (let run = 0; run < mostRuns; run += 1) {
      if (isEndState(this.store.record.state)) return this.store.record;
      if (awaitsRollback(this.store.record)) await this.#takeBack();
      const claimed = this.store.claim();
      try {
        await new PromotionRun(this.#engine, new LogBuffer(this.#engine.store), claimed).run();
      } catch (error) {
        if (!(error instanceof ProcessDied)) throw error;
      }
    }
    throw new Error(`the promotion has not ended: ${JSON.stringify(this.calls.slice(-10))}`);
  }

  /** One more run of an ended promotion, as a worker does that claims it too late. */
  async runOnceMore(): Promise<void> {
    this.#faults.length = 0;
    await new PromotionRun(this.#engine, new LogBuffer(this.#engine.store), this.store.claim()).run();
  }

  #step(name: string, phase: StepPhase, isCompensable: boolean, isOptional: boolean): StepDefinition {
    return sampleStep({
      name,
      phase,
      isOptional,
      run: (context) => this.#attempt(name, 'run', phase, context),
      ...(isCompensable
        ? { compensate: (context: StepContext<unknown>) => this.#attempt(name, 'compensate', phase, context) }
        : {}),
    });
  }

  async #attempt(
    step: string,
    mode: Called['mode'],
    phase: StepPhase,
    { promotion, attempt }: StepContext<unknown>,
  ): Promise<StepResult> {
    const { holdsSlot: heldSlot, state } = promotion;
    this.calls.push({ step, mode, phase, heldSlot, state, outcome: outcomeOf(promotion) });
    await this.#interfere(this.#interferences.shift() ?? 'none');
    const outcome = this.#outcomes.shift() ?? 'done';
    switch (outcome) {
      case 'done':
        return { kind: 'done', summary: `${step} ${mode}`, output: { attempt } };
      case 'park':
        return { kind: 'park', reason: 'bake', detail: `${step} waits`, until: moment, checkpoint: { attempt } };
      case 'send-back':
        return { kind: 'send-back', reason: 'drift' };
      case 'reject':
        return { kind: 'end', state: 'REJECTED', reason: 'no' };
      case 'nonsense':
        return { kind: 'done', summary: 'a\0b', output: { text: '\ud800', count: Number.NaN } };
      case 'transient':
        throw Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' });
      case 'permanent':
        throw new SyntaxError('never works');
      case 'mild':
        throw new HttpError({ method: 'POST', url: 'http://127.0.0.1/', status: 409 });
      case 'requirements':
        throw new RequirementsNotMetError('coverage 10 % < 80 %');
    }
  }

  /** What the service does for whoever has read the instructions. */
  async #takeBack(): Promise<void> {
    const draft = new Draft(this.store.record, moment, 1);
    const byHand = this.#takenBackBy === 'hand' ? { confirmedBy: ana.id } : {};
    draft.requestRollback(
      { trigger: 'manual', reason: 'it failed', requestedBy: ana.id, at: moment, acceptsDataLoss: false, ...byHand },
      ana,
    );
    for (const step of this.#takenBackBy === 'hand' ? stepsToCompensate(draft.record) : []) {
      draft.startCompensation(step, ana);
      draft.finishCompensation(step, ana, 'by hand', {});
    }
    draft.makeDue();
    await this.store.commit(draft.toTransition(undefined));
  }

  /** A person's command, under the service's own conditions, or a change that only moves the version. */
  async #interfere(interference: Interference): Promise<void> {
    if (interference === 'none') return;
    const { record } = this.store;
    const draft = new Draft(record, moment, 1);
    if (interference === 'touch') draft.append('touched', ana, {});
    else {
      const isTooLate =
        isEndState(record.state) || record.state === 'GENERATING_REPORTS' || record.rollback !== undefined;
      if (isTooLate) return;
      const trigger = interference === 'cancel' ? 'cancel' : 'manual';
      draft.requestRollback({ trigger, reason: 'asked', requestedBy: ana.id, at: moment, acceptsDataLoss: false }, ana);
    }
    await this.store.commit(draft.toTransition(undefined));
  }
}
