import { readFile } from 'node:fs/promises';
import type { RuleProblem } from '../engine/rules/problem.ts';

/**
 * The texts that problems are about, by their files, for excerpts of their lines. Not of a file that is itself the
 * problem: it may be too large, a pipe, or gone.
 */
export async function readTexts(problems: readonly RuleProblem[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const [file, ofFile] of Map.groupBy(problems, (problem) => problem.file)) {
    if (ofFile.some(({ path, length }) => path === '' && length === 0)) continue;
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) texts.set(file, text);
  }
  return texts;
}
