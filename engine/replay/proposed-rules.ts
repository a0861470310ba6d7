import type { Path, Rules } from '../rules/schema.ts';
import { compileDefinition, hashRules } from '../workflow/compile-definition.ts';
import type { Definition } from '../workflow/definition.ts';
import type { StepDefinition } from '../workflow/step-definition.ts';
import { StepRegistry } from '../workflow/step-registry.ts';

/** Rules that thousands of promotions are judged by: what each starts with is made once for each path and application. */
export class ProposedRules {
  readonly rules: Rules;
  readonly registry: StepRegistry;
  readonly #steps: readonly StepDefinition[];
  readonly #hash: string;
  readonly #compiled = new WeakMap<Path, Map<string, Definition>>();

  constructor(rules: Rules, steps: readonly StepDefinition[]) {
    this.rules = rules;
    this.registry = new StepRegistry(steps);
    this.#steps = steps;
    this.#hash = hashRules(rules);
  }

  /** What a promotion of a path starts with. */
  compile(path: Path, application: string, isDryRun: boolean): Definition {
    const ofPath = this.#compiled.get(path) ?? new Map<string, Definition>();
    this.#compiled.set(path, ofPath);
    const key = `${application} ${String(isDryRun)}`;
    const known = ofPath.get(key);
    if (known !== undefined) return known;
    const compiled = compileDefinition(this.rules, path, application, this.#steps, isDryRun, this.#hash);
    ofPath.set(key, compiled);
    return compiled;
  }
}
