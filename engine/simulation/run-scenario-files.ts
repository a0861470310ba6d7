import { dirname, join } from 'node:path';
import type { ExtendsOptions } from '../rules/follow-extends.ts';
import { loadRules } from '../rules/load-rules.ts';
import type { RuleProblem } from '../rules/problem.ts';
import type { Rules } from '../rules/schema.ts';
import { connectStore } from '../store/postgres/connect.ts';
import { VirtualTime } from '../store/postgres/virtual-time.ts';
import { readScenarios, type ReadScenarios } from './read-scenarios.ts';
import { runScenarios, type ScenarioResult } from './run-scenarios.ts';

export interface ScenarioFileRequest {
  readonly file: string;
  /** Default: the one that the file of scenarios names. */
  readonly rules: string | undefined;
  readonly extending: ExtendsOptions;
}

export type ScenarioFileRun =
  | {
      readonly ok: true;
      /** The rules file that is tested. */
      readonly rules: string;
      readonly results: AsyncIterable<ScenarioResult>;
    }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

export type PreparedScenarioFile =
  | {
      readonly ok: true;
      readonly rules: string;
      /** @param databaseUrl of an empty database that nothing else uses. */
      readonly run: (databaseUrl: string) => AsyncIterable<ScenarioResult>;
    }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/** Reads a file of scenarios and its rules, and says everything that is wrong with them. */
export async function prepareScenarioFile({
  file,
  rules: given,
  extending,
}: ScenarioFileRequest): Promise<PreparedScenarioFile> {
  const read = await readScenarios(file);
  if (!read.ok) return read;
  const named = read.content.rules;
  if (given === undefined && named === undefined) {
    const { line, column } = read.placeOf([]);
    const message = 'rules must be the rules file that is tested; name it in the file, or with --rules.';
    const expected = 'the rules file that is tested';
    const place = { file, line, column, length: 0, path: 'rules' };
    return { ok: false, problems: [{ ...place, expected, found: 'nothing', message }] };
  }
  const path = given ?? join(dirname(file), named ?? '');
  const loaded = await loadRules(path, extending);
  if (!loaded.ok) return loaded;
  return { ok: true, rules: path, run: (databaseUrl) => runOn(databaseUrl, read, loaded.rules) };
}

async function* runOn(url: string, read: ReadScenarios, rules: Rules): AsyncIterable<ScenarioResult> {
  const time = await VirtualTime.install(url, new Date(0));
  try {
    const { store, close } = await connectStore({ url, maximumConnections: 4 });
    try {
      yield* runScenarios(read, rules, { store, time });
    } finally {
      await close();
    }
  } finally {
    await time.close();
  }
}
