import type { z } from 'zod';
import type { GateRegistry } from '../gates/gate.ts';
import type { JsonObject } from '../json.ts';
import type { GateAnswer, Plan } from '../plan/plan.ts';
import type { StepPhase } from './definition.ts';
import type { ChangeEntry, ChecklistTick, OpenItem } from './environment-record.ts';
import type { EnvironmentChange, OutboxMessage } from './transition.ts';
import type { Clock } from './clock.ts';
import type { Effect } from './fence.ts';
import type { ParkReason, PromotionRecord } from './promotion.ts';
import type { Ports } from './ports.ts';
import type { Release } from '../release.ts';
import type { StepQueries } from './step-queries.ts';

/** What a finished step leaves in the engine's memory, in the same transaction as its end. */
export interface StepRecords {
  readonly plan?: Plan;
  readonly messages?: readonly OutboxMessage[];
  /** What the environment runs now, and whether it was verified there. */
  readonly environment?: EnvironmentChange;
  /** What the step changed in the target, for `promote changed`. */
  readonly changes?: readonly ChangeEntry[];
  /** What has to be done after the promotion, and is asked for until it was. */
  readonly openItems?: readonly OpenItem[];
  /** Checklist items that gates ticked. */
  readonly ticks?: readonly ChecklistTick[];
}

/** What a step did, or why it cannot go on yet. A step that cannot succeed throws. */
export type StepResult =
  | {
      readonly kind: 'done';
      readonly summary: string;
      readonly output: JsonObject;
      /** Stored together with the step's end. */
      readonly records?: StepRecords;
    }
  | {
      readonly kind: 'park';
      readonly reason: ParkReason;
      readonly detail: string;
      readonly until: Date | undefined;
      readonly checkpoint: JsonObject;
      /** What was changed already and is stored together with the checkpoint, which says so. */
      readonly records?: Pick<StepRecords, 'changes'>;
    }
  /** What was checked or approved no longer holds: conditions and approvals are asked again. */
  | {
      readonly kind: 'send-back';
      readonly reason: string;
      /** What no longer holds. Default: the plan. */
      readonly cause?: 'plan' | 'window';
    }
  /** A stage was refused or ran out of time, or there is nothing left to do; it ends without having changed anything. */
  | { readonly kind: 'end'; readonly state: 'REJECTED' | 'EXPIRED' | 'SUPERSEDED'; readonly reason: string };

export interface StepContext<Config> {
  readonly promotion: PromotionRecord;
  readonly release: Release;
  readonly config: Config;
  /** The key, the fence and the signal that every outside effect of this attempt carries. */
  readonly effect: Effect;
  readonly attempt: number;
  readonly checkpoint: JsonObject | undefined;
  readonly ports: Ports;
  readonly queries: StepQueries;
  /** What judges gates. Default: the engine's own. */
  readonly gates?: GateRegistry;
  readonly clock: Clock;
  /** Streams one line to the promotion's log while the step runs. */
  readonly log: (line: string) => void;
  /** The output of an earlier step. @throws when that step has none: a defect of the order of steps. */
  readonly output: (step: string) => JsonObject;
}

/**
 * An idempotent unit of work with a compensation. Both may be cut off anywhere and run again: look up before creating,
 * and answer `done` for what is done already.
 */
export interface StepDefinition<Config = unknown> {
  readonly name: string;
  /** Raised when the meaning of config, checkpoint or output changes. */
  readonly version: number;
  /** The oldest stored version this code can still run. */
  readonly oldestVersion: number;
  readonly phase: StepPhase;
  readonly title: string;
  /** Set for steps that run contract migrations after the undo window, and are no part of the promotion itself. */
  readonly isContractOnly?: boolean;
  /** Optional steps let the promotion go on after a MEDIUM or LOW error. */
  readonly isOptional: boolean;
  readonly configSchema: z.ZodType<Config>;
  run(context: StepContext<Config>): Promise<StepResult>;
  /** Undoes what `run` did, or may have done before it was cut off. Undefined: the step changes nothing outside. */
  compensate?(context: StepContext<Config>): Promise<StepResult>;
}

/** Types a step's definition by its config schema. */
export function defineStep<Config>(definition: StepDefinition<Config>): StepDefinition<Config> {
  return definition;
}

/** Requirements that are not met: the promotion ends with exit code 3 and nothing was changed. */
export class RequirementsNotMetError extends Error {
  override readonly name = 'RequirementsNotMetError';
  /** Everything that was judged, well or badly; stays with the step for reports. */
  readonly checks: readonly GateAnswer[];

  constructor(message: string, checks: readonly GateAnswer[] = []) {
    super(message);
    this.checks = checks;
  }
}
