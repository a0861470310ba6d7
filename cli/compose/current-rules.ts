import { loadRules } from '../../engine/rules/load-rules.ts';
import { renderProblems } from '../../engine/rules/render-problems.ts';
import { RulesFileError } from '../../engine/rules/rules-file-error.ts';
import type { RulesOrigin } from '../../engine/rules/rules-origin.ts';
import type { Rules } from '../../engine/rules/schema.ts';
import type { RulesSource } from '../../engine/service/service-context.ts';
import { extendsOptions } from '../rules-folders.ts';

/** Reads the rules file anew for each request, so that an edit holds for the next promotion. */
export class RulesFile implements RulesSource {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async current(): Promise<Rules> {
    return (await this.#load()).rules;
  }

  async origin(): Promise<RulesOrigin> {
    return (await this.#load()).origin;
  }

  async #load(): Promise<{ readonly rules: Rules; readonly origin: RulesOrigin }> {
    const loaded = await loadRules(this.#path, extendsOptions(process.env));
    if (!loaded.ok) throw new RulesFileError(renderProblems(loaded.problems, undefined), this.#path);
    return loaded;
  }
}
