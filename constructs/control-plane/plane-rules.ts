import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Token } from 'cdktf';
import { parseRules } from '../../engine/rules/parse-rules.ts';
import { renderProblems } from '../../engine/rules/render-problems.ts';
import type { RulesInput } from '../../engine/rules/schema.ts';
import { areEqual, chosen } from '../conditions/condition.ts';
import { hcl } from '../conditions/expression.ts';
import { jsonWithTokens } from '../inputs/late-json.ts';
import { documentIn, toldOf } from '../inputs/late-rules-file.ts';
import { databaseOf } from '../pair/database-of.ts';
import { rulesText } from '../inputs/rules-text.ts';
import { mergePairRules, type MergedRules } from './merge-pair-rules.ts';

/** The rules of an installation: those of a file or a document, else those that its pairs stand for. */
export class PlaneRules {
  readonly #given: RulesInput | undefined;
  readonly #problem: string | undefined;
  /** Of a module, which Terraform is told: empty, if there is none. */
  readonly #lateFile: string | undefined;
  readonly #ofPairs: RulesInput[] = [];
  #hasRefusedPair = false;
  /** Of the pairs added so far: each of many pairs asks for them, and making them anew for each would not be linear. */
  #merged: MergedRules | undefined;
  #text: string | undefined;

  /**
   * @param file relative to where the app runs; absent: none.
   * @param document instead of a file.
   */
  constructor(file: string | undefined, document: RulesInput | undefined) {
    this.#given = document;
    if (file === undefined || document !== undefined) return;
    if (Token.isUnresolved(file)) {
      this.#lateFile = file;
      return;
    }
    const read = readRules(file);
    if (read.ok) this.#given = read.rules;
    else this.#problem = read.problem;
  }

  /** Whether a file or a document decides, and not the pairs. */
  get areGiven(): boolean {
    return this.#given !== undefined || this.#problem !== undefined;
  }

  /** The document as it is known by now; undefined while nothing is. */
  get document(): RulesInput | undefined {
    if (this.#given !== undefined) return this.#given;
    const merged = this.#mergedRules();
    return merged.ok ? merged.document : undefined;
  }

  /**
   * Adds what a pair stands for; a file or a document leaves no room for it.
   * @param document undefined where the pair's inputs are refused, which the pair tells itself.
   */
  add(document: RulesInput | undefined): void {
    if (document === undefined) {
      this.#hasRefusedPair = true;
      return;
    }
    if (this.areGiven) return;
    this.#ofPairs.push(document);
    this.#merged = undefined;
    this.#text = undefined;
  }

  get text(): string {
    this.#text ??= this.#lateFile === undefined ? rulesText(this.document ?? {}) : this.#lateText(this.#lateFile);
    return this.#text;
  }

  /** What the function calls the database of an environment; of a pair’s own rules, `ofPair`. */
  databaseOf(environment: string, ofPair: RulesInput | undefined): string | undefined {
    const named = databaseOf(this.areGiven ? this.document : ofPair, environment);
    if (this.#lateFile === undefined || named === undefined) return named;
    return hcl`coalesce(${toldOf(this.#lateFile, environment, 'database')}, ${named})`.toString();
  }

  #lateText(file: string): string {
    const ofFile = hcl`jsonencode(${documentIn(file)})`.toString();
    return chosen(areEqual(file, ''), jsonWithTokens(this.document ?? {}, 2), ofFile);
  }

  /** What keeps them from being used, as sentences. */
  get problems(): readonly string[] {
    if (this.#problem !== undefined) return [this.#problem];
    if (this.#given !== undefined) return [];
    if (this.#hasRefusedPair && this.#ofPairs.length === 0) return [];
    const merged = this.#mergedRules();
    if (merged.ok) return [];
    return merged.conflicts.map((conflict) => `${conflict}; give the control plane a rulesFile that says it once`);
  }

  #mergedRules(): MergedRules {
    this.#merged ??= mergePairRules(this.#ofPairs);
    return this.#merged;
  }
}

type ReadRules = { readonly ok: true; readonly rules: RulesInput } | { readonly ok: false; readonly problem: string };

function readRules(file: string): ReadRules {
  let text: string;
  try {
    text = readFileSync(path.resolve(file), 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, problem: `rulesFile ${file} cannot be read (${reason}); name one that is there` };
  }
  const parsed = parseRules(text, file);
  if (parsed.ok) return { ok: true, rules: parsed.rules };
  return { ok: false, problem: `rulesFile is no rules file:\n${renderProblems(parsed.problems, text)}` };
}
