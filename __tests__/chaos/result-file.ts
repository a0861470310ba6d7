import { readFile, writeFile } from 'node:fs/promises';
import type { KillTestResult } from './kills/kill-test.ts';
import type { SlotTestResult } from './slots/slot-test.ts';
import type { ZombieTestResult } from './zombies/zombie-test.ts';

/** What each test counted; a part that did not run is left out. */
export interface ChaosResults {
  readonly kills?: KillTestResult;
  readonly zombies?: ZombieTestResult;
  readonly slots?: SlotTestResult;
}

/** Writes the counts, each part with the day it ran; parts that did not run this time stay as they were. */
export async function writeResults(file: string, results: ChaosResults, at: Date): Promise<void> {
  const before = await readFile(file, 'utf8').catch(() => '{}');
  const date = at.toISOString().slice(0, 10);
  const dated = Object.entries(results).map(([part, result]) => [part, { date, ...(result as object) }]);
  const merged = { ...(JSON.parse(before) as object), ...(Object.fromEntries(dated) as object) };
  await writeFile(file, `${JSON.stringify(merged, undefined, 2)}\n`);
}
