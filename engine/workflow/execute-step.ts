import { VerificationFailedError } from '../deployment/deployment-failed-error.ts';
import type { Release } from '../release.ts';
import { classifyError } from './errors/classify-error.ts';
import type { ErrorReport } from './error-report.ts';
import type { Effect } from './fence.ts';
import type { FoundBeforeFailure } from './found-before-failure.ts';
import type { LogBuffer } from './log-buffer.ts';
import type { StepPhase } from './definition.ts';
import type { PromotionRecord } from './promotion.ts';
import type { Engine } from './run-promotion.ts';
import { triggersOf } from './rollback-triggers.ts';
import { RequirementsNotMetError, type StepContext, type StepResult } from './step-definition.ts';
import { storable } from './storable.ts';

/** How an attempt went. */
export type Outcome =
  | { readonly kind: 'result'; readonly result: StepResult }
  | ({
      readonly kind: 'error';
      readonly error: ErrorReport;
      readonly requirementsNotMet: boolean;
    } & FoundBeforeFailure);

export interface Execution {
  readonly step: string;
  readonly mode: 'run' | 'compensate';
  readonly outcome: Outcome;
}

export interface ExecutionRequest {
  readonly record: PromotionRecord;
  readonly release: Release;
  readonly step: string;
  readonly mode: Execution['mode'];
  readonly signal: AbortSignal;
}

/** Runs one attempt of one step, or of its compensation; never throws for what the step does. */
export async function executeStep(engine: Engine, logs: LogBuffer, request: ExecutionRequest): Promise<Outcome> {
  const { record, step: name, mode } = request;
  const reference = record.definition.steps.find((each) => each.name === name);
  const stored = record.steps.find((each) => each.name === name);
  if (reference === undefined || stored === undefined) throw new Error(`${record.id} has no step ${name}`);
  const attempt = mode === 'run' ? stored.attempt : (stored.compensation?.attempt ?? 1);
  const suffix = mode === 'run' ? '' : ':undo';
  const keepsLogs = record.definition.collects?.logs !== false;

  try {
    const definition = engine.steps.find(reference.uses ?? name, reference.version);
    const effect: Effect = { key: `${record.id}:${name}${suffix}`, fence: record.fence, signal: request.signal };
    const context: StepContext<unknown> = {
      promotion: record,
      release: request.release,
      config: definition.configSchema.parse(reference.config),
      effect,
      attempt,
      checkpoint: mode === 'run' ? stored.checkpoint : stored.compensation?.checkpoint,
      ports: engine.ports,
      queries: engine.store,
      clock: engine.clock,
      log(line) {
        if (keepsLogs) logs.add({ promotionId: record.id, step: name, attempt, at: engine.clock.now(), line });
      },
      output(of) {
        const output = record.steps.find((each) => each.name === of)?.output;
        if (output === undefined) throw new Error(`${name} needs the output of ${of}, which has none`);
        return output;
      },
    };
    if (mode === 'compensate' && definition.compensate === undefined) throw new Error(`${name} cannot be undone`);
    const result = await (mode === 'run' ? definition.run(context) : definition.compensate?.(context));
    if (result === undefined) throw new Error(`${name} answered nothing`);
    refuseMisplaced(name, reference.phase, mode, result);
    if (result.kind === 'done') context.log(`${mode === 'run' ? 'done' : 'taken back'}: ${result.summary}`);
    return { kind: 'result', result: storable(result) };
  } catch (cause) {
    const error = storable({ ...classifyError(cause), triggers: triggersOf(cause) });
    if (keepsLogs) {
      logs.add({ promotionId: record.id, step: name, attempt, at: engine.clock.now(), line: errorLine(error) });
    }
    if (!(cause instanceof RequirementsNotMetError)) {
      const measured = cause instanceof VerificationFailedError ? storable(cause.measured) : undefined;
      return { kind: 'error', error, requirementsNotMet: false, ...(measured === undefined ? {} : { measured }) };
    }
    return { kind: 'error', error, requirementsNotMet: true, checks: storable(cause.checks) };
  }
}

/** An error as the log tells it: how bad, of what kind, and verbatim. */
function errorLine({ severity, category, code, message }: ErrorReport): string {
  return `error ${severity} ${category}${code === undefined ? '' : ` ${code}`}: ${message}`;
}

/** Where a promotion may be sent back or ended by a step; elsewhere such an answer is a defect of the step. */
const sendBackPhases: readonly StepPhase[] = ['approval', 'validation'];
const endPhases: Readonly<Record<Extract<StepResult, { kind: 'end' }>['state'], readonly StepPhase[]>> = {
  REJECTED: ['approval'],
  EXPIRED: ['approval'],
  SUPERSEDED: ['conditions', 'validation'],
};

function refuseMisplaced(step: string, phase: StepPhase, mode: Execution['mode'], result: StepResult): void {
  if (result.kind === 'done' || result.kind === 'park') return;
  const phases = result.kind === 'end' ? endPhases[result.state] : sendBackPhases;
  if (mode === 'run' && phases.includes(phase)) return;
  throw new TypeError(`${step} answered ${result.kind}, which it may not here (${mode}, phase ${phase})`);
}
