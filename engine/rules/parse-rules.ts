import type { z } from 'zod';
import { withCanonicalNames } from './canonical-names.ts';
import { EnvironmentNames } from './environment-names.ts';
import { inheritRequirements } from './inherit-requirements.ts';
import { mergeTrees, type MergedTree } from './merge-trees.ts';
import { outlineOf } from './outline.ts';
import { limitProblems, placeFindings } from './place-findings.ts';
import type { Finding, RuleProblem } from './problem.ts';
import { referenceFindings } from './reference-findings.ts';
import { readRulesDocument, type RulesDocument } from './rules-document.ts';
import { RulesOrigin } from './rules-origin.ts';
import { schemaFindings } from './schema-findings.ts';
import { extendedRulesSchema, rulesSchema, type Rules } from './schema.ts';
import { weakenedFreezes } from './weakened-freezes.ts';
import { weakenedGates } from './weakened-gates.ts';
import { weakenedPermissions } from './weakened-permissions.ts';
import { plainValue, type YamlTree } from './yaml-tree.ts';

export interface RulesRefused {
  readonly ok: false;
  readonly problems: readonly RuleProblem[];
}
export type ParsedRules = { readonly ok: true; readonly rules: Rules } | RulesRefused;
export type RulesWithOrigin = { readonly ok: true; readonly rules: Rules; readonly origin: RulesOrigin } | RulesRefused;

/**
 * Reads a rules document and says everything that is wrong with it at once, each at its place. The rules it yields have
 * every default in them, paths have what `defaults` demands, and environments go by their names.
 * @param file what problems call the text; nothing is read from it, so it can extend no other.
 */
export function parseRules(text: string | Uint8Array, file: string): ParsedRules {
  const document = readRulesDocument(text, file);
  const judged = judgeDocuments([document], extendsNothing(document));
  return judged.ok ? { ok: true, rules: judged.rules } : judged;
}

function extendsNothing({ tree }: RulesDocument): readonly Finding[] {
  if (tree?.kind !== 'map' || !tree.entries.has('extends')) return [];
  return [{ path: ['extends'], atKey: false, expected: 'left out, because this text is in no folder to look from' }];
}

/**
 * Puts documents together of which each extends the one after it, and says everything that is wrong: with each of them,
 * with what they are together, and where one weakens what another makes mandatory.
 * @param chain at least one document, the one that is asked for first.
 * @param more what else is wrong with the first one.
 */
export function judgeDocuments(chain: readonly RulesDocument[], more: readonly Finding[] = []): RulesWithOrigin {
  const files = chain.map(({ source }) => source.file);
  const refused = (problems: readonly RuleProblem[]): RulesRefused => ({
    ok: false,
    problems: limitProblems(withoutRepeats(problems), files),
  });
  const problems = chain.flatMap((document) => document.problems);
  const trees = chain.flatMap(({ tree }) => tree ?? []);
  const [first] = trees;
  if (first === undefined || trees.length < chain.length) return refused(problems);
  const merged = mergeFromFarthest(trees);
  const [{ tree }] = merged;
  const document = plainValue(tree);
  const findings = [...more, ...schemaFindings(rulesSchema, document), ...referenceFindings(document)];
  const found = [
    ...problems,
    ...placeFindings(findings, tree),
    ...placeFindings(weakenedGates(document, tree), tree),
    ...merged
      .slice(1)
      .flatMap((extended, index) => problemsOfExtended(extended, tree, document, files[index + 1] ?? '')),
    ...weakenedFreezeProblems(merged, document),
  ];
  if (found.length > 0) return refused(found);
  const rules = withCanonicalNames(rulesSchema.parse(inheritRequirements(document)));
  return { ok: true, rules, origin: new RulesOrigin(files, tree) };
}

/** As `judgeDocuments`, for documents that are there for others to extend, and leave the rest to them. */
export function judgeExtended(
  chain: readonly RulesDocument[],
): { readonly ok: true; readonly rules: z.infer<typeof extendedRulesSchema> } | RulesRefused {
  const files = chain.map(({ source }) => source.file);
  const [merged, ...extended] = mergeFromFarthest(chain.flatMap(({ tree }) => tree ?? []));
  const document = plainValue(merged.tree);
  const problems = [
    ...chain.flatMap((each) => each.problems),
    ...[merged, ...extended].flatMap(({ tree }) =>
      placeFindings(schemaFindings(extendedRulesSchema, plainValue(tree)), tree),
    ),
    ...weakenedFreezeProblems([merged, ...extended], document),
  ];
  if (problems.length > 0) return { ok: false, problems: limitProblems(withoutRepeats(problems), files) };
  return { ok: true, rules: extendedRulesSchema.parse(document) };
}

/** @returns each tree with all that it extends, in the order of `trees`. */
function mergeFromFarthest(trees: readonly YamlTree[]): readonly [MergedTree, ...MergedTree[]] {
  const [nearest, ...farther] = trees.map(withoutExtends);
  if (nearest === undefined) throw new Error('there is no document to read');
  if (farther.length === 0) return [{ tree: nearest, restated: [] }];
  const rest = mergeFromFarthest(farther);
  return [mergeTrees(nearest, rest[0].tree), ...rest];
}

/** What was followed is no setting of the whole. */
function withoutExtends(tree: YamlTree, _: number, trees: readonly YamlTree[]): YamlTree {
  if (tree.kind !== 'map' || trees.length === 1) return tree;
  return { ...tree, entries: new Map([...tree.entries].filter(([key]) => key !== 'extends')) };
}

function problemsOfExtended(
  extended: MergedTree,
  tree: YamlTree,
  document: unknown,
  file: string,
): readonly RuleProblem[] {
  const of = plainValue(extended.tree);
  return [
    ...placeFindings(schemaFindings(extendedRulesSchema, of), extended.tree),
    ...placeFindings(weakenedPermissions(document, tree, { document: of, file }), tree),
  ];
}

function weakenedFreezeProblems(merged: readonly MergedTree[], document: unknown): readonly RuleProblem[] {
  const names = new EnvironmentNames(outlineOf(document).environments);
  return merged.flatMap(({ tree, restated }) => placeFindings(weakenedFreezes(restated, names), tree));
}

/** What is wrong with an extended file is wrong with everything that it is a part of, and told once. */
function withoutRepeats(problems: readonly RuleProblem[]): readonly RuleProblem[] {
  const seen = new Map<string, RuleProblem>();
  for (const problem of problems) {
    const { file, line, column, path, expected } = problem;
    const key = JSON.stringify([file, line, column, path, expected]);
    if (!seen.has(key)) seen.set(key, problem);
  }
  return [...seen.values()];
}
