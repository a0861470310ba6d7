import {
  prepareScenarioFile,
  type ScenarioFileRequest,
  type ScenarioFileRun,
} from '../../engine/simulation/run-scenario-files.ts';
import type { ScenarioResult } from '../../engine/simulation/run-scenarios.ts';
import { ScratchDatabase } from './scratch-database.ts';

/** Prepares a file of scenarios to run on a database of its own. */
export async function prepareRulesTests(request: ScenarioFileRequest): Promise<ScenarioFileRun> {
  const prepared = await prepareScenarioFile(request);
  if (!prepared.ok) return prepared;
  const { rules, run } = prepared;
  return { ok: true, rules, results: onScratchDatabase(run) };
}

async function* onScratchDatabase(
  run: (databaseUrl: string) => AsyncIterable<ScenarioResult>,
): AsyncIterable<ScenarioResult> {
  await using database = await ScratchDatabase.make();
  yield* run(database.url);
}
