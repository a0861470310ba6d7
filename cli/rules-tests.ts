import type { ScenarioFileRequest, ScenarioFileRun } from '../engine/simulation/run-scenario-files.ts';

export type { ScenarioFailure, ScenarioResult } from '../engine/simulation/run-scenarios.ts';
export type { ScenarioFileRun } from '../engine/simulation/run-scenario-files.ts';

/** Runs files of scenarios, composed elsewhere and loaded only when asked for. */
export interface RulesTests {
  /** Nothing runs before the results are walked through. */
  prepare(request: ScenarioFileRequest): Promise<ScenarioFileRun>;
}
