import { stepPhases, type StepPhase } from './definition.ts';
import type { PromotionRecord, StepRecord } from './promotion.ts';
import { isEndState, type EndState, type PromotionState } from './state.ts';

/** The one next thing to do with a promotion. */
export type Decision =
  | { readonly kind: 'move'; readonly to: PromotionState }
  | { readonly kind: 'end'; readonly state: EndState }
  | { readonly kind: 'acquire-slot' }
  | { readonly kind: 'run'; readonly step: string }
  | { readonly kind: 'compensate'; readonly step: string }
  /** It failed half-way, and the rules leave it to a person to take it back. */
  | { readonly kind: 'await-rollback' }
  | { readonly kind: 'stop' };

const phaseState: Readonly<Record<StepPhase, PromotionState>> = {
  initialize: 'INITIALIZING',
  conditions: 'VALIDATING_CONDITIONS',
  approval: 'PENDING_APPROVAL',
  window: 'APPROVAL_GRANTED',
  validation: 'VALIDATION_RUNNING',
  move: 'PROMOTION_RUNNING',
  deploy: 'TRIGGERING_DEPLOYMENT',
  report: 'GENERATING_REPORTS',
  notify: 'GENERATING_REPORTS',
  restoration: 'ROLLING_BACK',
};

/** The state after each, when everything goes well. */
const successor: Readonly<Partial<Record<PromotionState, PromotionState>>> = {
  INITIALIZING: 'VALIDATING_CONDITIONS',
  VALIDATING_CONDITIONS: 'PENDING_APPROVAL',
  PENDING_APPROVAL: 'APPROVAL_GRANTED',
  APPROVAL_GRANTED: 'QUEUED',
  QUEUED: 'VALIDATION_RUNNING',
  VALIDATION_RUNNING: 'VALIDATION_PASSED',
  VALIDATION_PASSED: 'PROMOTION_RUNNING',
  PROMOTION_RUNNING: 'PROMOTION_SUCCEEDED',
  PROMOTION_RETRYING: 'PROMOTION_SUCCEEDED',
  PROMOTION_SUCCEEDED: 'TRIGGERING_DEPLOYMENT',
  TRIGGERING_DEPLOYMENT: 'GENERATING_REPORTS',
  GENERATING_REPORTS: 'NOTIFICATIONS_SENT',
};

/**
 * Nothing passes a step that is not finished, whatever a store says.
 * @throws Error when the state stands behind the step's; a run that fails so is taken up again from what is stored.
 */
function refusePassingOver(record: PromotionRecord, unfinished: string): void {
  // A dry run leaves out what would change anything.
  if (record.isDryRun) return;
  const phase = phaseOf(record, unfinished);
  const laterStates = stepPhases.slice(stepPhases.indexOf(phase) + 1).map((each) => phaseState[each]);
  const isBehind = record.state === 'NOTIFICATIONS_SENT' || laterStates.includes(record.state);
  if (!isBehind || record.state === phaseState[phase]) return;
  throw new Error(`${record.id} is ${record.state}, yet its step ${unfinished} is not finished`);
}

const reportingPhases: readonly StepPhase[] = ['report', 'notify'];

function isFinished(step: StepRecord): boolean {
  return step.status === 'done' || step.status === 'skipped';
}

function firstUnfinished(record: PromotionRecord, phases: readonly StepPhase[]): string | undefined {
  const wanted = record.definition.steps.filter((step) => phases.includes(step.phase)).map((step) => step.name);
  return record.steps.find((step) => wanted.includes(step.name) && !isFinished(step) && step.status !== 'failed')?.name;
}

/** A step whose effects may exist: it ended, was begun and cut off, or was passed over after it had failed. */
export function mayHaveEffects(step: StepRecord): boolean {
  return step.status === 'skipped' ? step.attempt > 0 : step.status !== 'pending';
}

/** The compensable steps that have not been undone yet, newest first. */
export function stepsToCompensate(record: PromotionRecord): readonly string[] {
  const compensable = new Set(record.definition.steps.filter((step) => step.isCompensable).map((step) => step.name));
  return record.steps
    .filter((step) => compensable.has(step.name) && mayHaveEffects(step) && step.compensation?.status !== 'done')
    .map((step) => step.name)
    .reverse();
}

function decideRollback(record: PromotionRecord): Decision {
  const [next] = stepsToCompensate(record);
  if (next !== undefined) return { kind: 'compensate', step: next };
  const restoration = firstUnfinished(record, ['restoration', ...reportingPhases]);
  if (restoration !== undefined) return { kind: 'run', step: restoration };
  return { kind: 'end', state: 'ROLLED_BACK' };
}

/** What follows when the promotion stops going forward and nothing has to be undone. */
function decideFailure(record: PromotionRecord): Decision {
  if (record.state === 'NOTIFICATIONS_SENT') return { kind: 'end', state: 'FAILED' };
  if (record.state !== 'GENERATING_REPORTS') return { kind: 'move', to: 'GENERATING_REPORTS' };
  const step = firstUnfinished(record, reportingPhases);
  return step === undefined ? { kind: 'move', to: 'NOTIFICATIONS_SENT' } : { kind: 'run', step };
}

/** States in which a promotion that has changed nothing outside yet may stand, though it may hold the slot. */
const statesBeforeEffects: readonly PromotionState[] = [
  'INITIALIZING',
  'VALIDATING_CONDITIONS',
  'PENDING_APPROVAL',
  'APPROVAL_GRANTED',
  'QUEUED',
  'VALIDATION_RUNNING',
  'VALIDATION_PASSED',
  'VALIDATION_FAILED',
];

/** Whether a promotion that is stopped now has to make its target what it was; one that has not just ends. */
export function mayHaveChangedTarget(record: PromotionRecord): boolean {
  // One that failed half-way and was taken up again stands in an early state with effects behind it.
  return (
    record.kind === 'rollback' || stepsToCompensate(record).length > 0 || !statesBeforeEffects.includes(record.state)
  );
}

function decideTakingBack(record: PromotionRecord): Decision {
  if (record.state === 'ROLLING_BACK') return decideRollback(record);
  if (!mayHaveChangedTarget(record)) return { kind: 'end', state: 'CANCELLED' };
  if (record.holdsSlot) return { kind: 'move', to: 'ROLLING_BACK' };
  if (record.state === 'INITIALIZING') return { kind: 'move', to: 'QUEUED' };
  return { kind: 'acquire-slot' };
}

/**
 * The one next thing to do, from what is stored alone. Pure: the same record always gives the same decision, which is
 * what makes a run that was cut off anywhere resumable by any other.
 */
export function decide(record: PromotionRecord): Decision {
  if (isEndState(record.state)) return { kind: 'stop' };
  if (record.rollback !== undefined) return decideTakingBack(record);
  if (awaitsRollback(record)) return { kind: 'await-rollback' };
  if (record.failure !== undefined) return decideFailure(record);

  const next = record.steps.find((step) => !isFinished(step) && phaseOf(record, step.name) !== 'restoration');
  if (next !== undefined) {
    const wanted = phaseState[phaseOf(record, next.name)];
    if (record.state === wanted) return { kind: 'run', step: next.name };
    if (record.state === 'PROMOTION_RETRYING' && wanted === 'PROMOTION_RUNNING') return { kind: 'move', to: wanted };
  }
  if (next !== undefined) refusePassingOver(record, next.name);
  if (record.isDryRun && record.state === 'VALIDATING_CONDITIONS') return { kind: 'move', to: 'GENERATING_REPORTS' };
  if (isOverruledIn(record)) return { kind: 'move', to: 'VALIDATION_FAILED' };
  if (record.state === 'VALIDATION_FAILED') return { kind: 'move', to: afterOverruling(record, next) };
  if (record.state === 'QUEUED' && !record.holdsSlot) return { kind: 'acquire-slot' };
  if (record.state === 'NOTIFICATIONS_SENT') return { kind: 'end', state: 'COMPLETED_SUCCESSFULLY' };
  const to = successor[record.state];
  if (to === undefined) throw new Error(`${record.id}: nothing follows ${record.state}`);
  return { kind: 'move', to };
}

/** Whether what was validated in this state failed, and somebody overruled that: the record says both, in their order. */
function isOverruledIn({ state, steps, definition }: PromotionRecord): boolean {
  if (state !== 'VALIDATING_CONDITIONS' && state !== 'VALIDATION_RUNNING') return false;
  const phase: StepPhase = state === 'VALIDATION_RUNNING' ? 'validation' : 'conditions';
  const names = definition.steps.filter((step) => step.phase === phase).map(({ name }) => name);
  return steps.some(({ name, output }) => names.includes(name) && output?.['isOverruled'] === true);
}

function afterOverruling(record: PromotionRecord, next: StepRecord | undefined): PromotionState {
  return next !== undefined && phaseOf(record, next.name) === 'approval' ? 'PENDING_APPROVAL' : 'VALIDATION_PASSED';
}

/** Whether it stands half-way until a person has taken it back, or has said that it was. */
export function awaitsRollback(record: PromotionRecord): boolean {
  const { state, rollback, failure, definition, kind } = record;
  // Nothing takes back a contract run that failed: it is tried again.
  if (kind !== 'promote') return false;
  const isHalfWay = state === 'PROMOTION_FAILED' && rollback === undefined && failure !== undefined;
  return isHalfWay && !definition.rollback.isEnabled && stepsToCompensate(record).length > 0;
}

/** The phase a step stands in, as the promotion started with it. */
export function phaseOf(record: PromotionRecord, step: string): StepPhase {
  const reference = record.definition.steps.find((each) => each.name === step);
  if (reference === undefined) throw new Error(`${record.id}: step ${step} is not in its definition`);
  return reference.phase;
}
