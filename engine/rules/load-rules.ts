import { followExtends, type ExtendsOptions } from './follow-extends.ts';
import { judgeDocuments, type RulesWithOrigin } from './parse-rules.ts';
import { limitProblems, placeFindings } from './place-findings.ts';

/**
 * Reads and parses a rules file with everything that it extends. Whatever is wrong with the files or in them is a
 * problem of the result, never thrown.
 * @param path as the caller gave it, which is also how problems name it.
 */
export async function loadRules(path: string, options: ExtendsOptions = {}): Promise<RulesWithOrigin> {
  const { documents, findings } = await followExtends(path, options);
  const tree = documents.at(-1)?.tree;
  if (tree === undefined || findings.length === 0) return judgeDocuments(documents);
  // Without what it extends nobody can say what else is wrong.
  const files = documents.map(({ source }) => source.file);
  const problems = [...documents.flatMap((document) => document.problems), ...placeFindings(findings, tree)];
  return { ok: false, problems: limitProblems(problems, files) };
}
