import type { Json } from '../json.ts';
import { engineActor } from './actor.ts';
import type { StepPhase } from './definition.ts';
import type { Draft } from './draft.ts';
import type { Outcome } from './execute-step.ts';
import { isAskedToTurnRound, settleCompensationError, settleError, type Moment } from './settle-error.ts';
import type { StepResult } from './step-definition.ts';

export type { Moment } from './settle-error.ts';

type Done = Extract<StepResult, { readonly kind: 'done' }>;

/** Records how an attempt of a step went; what follows from it is decided from the record alone. */
export function settleStep(draft: Draft, step: string, outcome: Outcome, moment: Moment): void {
  if (outcome.kind === 'error') {
    settleError(draft, step, outcome, moment);
    return;
  }
  const { result } = outcome;
  switch (result.kind) {
    case 'done':
      draft.finishStep(step, engineActor, result.summary, result.output, result.records ?? {});
      announceMilestone(draft, step, result);
      return;
    case 'park':
      if (isAskedToTurnRound(draft, step)) return;
      draft.parkStep(step, engineActor, parkedBy(result), result.checkpoint, result.records);
      if (result.reason === 'approval') draft.announce('approval.needed', { detail: result.detail });
      if (result.reason === 'checklist')
        draft.announce('promotion.parked', { reason: 'checklist', detail: result.detail });
      return;
    case 'send-back':
      sendBack(draft, result.reason, result.cause ?? 'plan');
      return;
    case 'end':
      draft.append('ended', engineActor, { reason: result.reason });
      if (result.state === 'EXPIRED') draft.announce('approval.expired', { reason: result.reason });
      draft.announce('promotion.ended', { state: result.state, reason: result.reason });
      draft.releaseSlot(engineActor);
      draft.moveTo(result.state, engineActor);
      return;
  }
}

/** Records how an attempt to undo a step went. */
export function settleCompensation(draft: Draft, step: string, outcome: Outcome, moment: Moment): void {
  if (outcome.kind === 'error') {
    settleCompensationError(draft, step, outcome.error, moment);
    return;
  }
  const { result } = outcome;
  switch (result.kind) {
    case 'done':
      draft.finishCompensation(step, engineActor, result.summary, result.records ?? {});
      return;
    case 'park':
      draft.parkCompensation(step, engineActor, parkedBy(result), result.checkpoint, result.records);
      return;
    case 'send-back':
    case 'end':
      throw new Error(`undoing ${step} answered ${result.kind}, which only running it may`);
  }
}

/** What others wait for while a promotion goes on. */
function announceMilestone(draft: Draft, step: string, { summary, output }: Done): void {
  switch (step) {
    case 'promote-artifacts':
      draft.announce('artifacts.promoted', { summary });
      return;
    case 'migrate-database':
      announceMigrations(draft, step, summary, output['applied']);
      return;
    case 'contract-database':
      announceMigrations(draft, step, summary, output['migrations']);
      return;
    case 'report':
      draft.announce('report.ready', { location: summary });
      return;
    default:
      return;
  }
}

/** Nobody waits for a schema that stays as it is. */
function announceMigrations(draft: Draft, step: string, summary: string, versions: Json | undefined): void {
  const migrations = Array.isArray(versions) ? versions.length : 0;
  if (migrations === 0) return;
  const { startedAt, finishedAt } = draft.step(step);
  if (startedAt === undefined || finishedAt === undefined) throw new Error(`${step} is done and has never begun`);
  const durationSeconds = (finishedAt.getTime() - startedAt.getTime()) / 1000;
  draft.announce('database.migrated', { summary, migrations, durationSeconds });
}

const repeatedAfterDrift: readonly StepPhase[] = ['conditions', 'approval', 'window', 'validation'];

function sendBack(draft: Draft, reason: string, cause: 'plan' | 'window'): void {
  const { record } = draft;
  const names = record.definition.steps
    .filter((each) => repeatedAfterDrift.includes(each.phase))
    .map((each) => each.name);
  draft.releaseSlot(engineActor);
  draft.resetSteps(names, engineActor, reason);
  draft.moveTo('VALIDATING_CONDITIONS', engineActor);
  // Nobody has to decide anew because a window closed; votes over the same plan still count.
  if (cause === 'plan') draft.announce('plan.changed', { reason });
}

function parkedBy(result: Extract<StepResult, { kind: 'park' }>) {
  return { reason: result.reason, detail: result.detail, until: result.until };
}
