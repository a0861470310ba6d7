import { stat } from 'node:fs/promises';
import type { AlertRules } from '../../engine/metrics/local/judge-alerts.ts';
import { loadRules } from '../../engine/rules/load-rules.ts';
import type { Rules } from '../../engine/rules/schema.ts';

/** What the rules file promises of each environment, read again when the file has changed. */
export class AlertRulesFile {
  readonly #path: string;
  #read: { readonly mark: string; readonly rules: Rules | undefined } | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Undefined while the file cannot be read or is wrong: then nobody knows what was promised. */
  readonly of = async (environment: string): Promise<AlertRules | undefined> => {
    const rules = await this.#current();
    const place = rules?.environments.find(({ name }) => name === environment);
    if (rules === undefined || place === undefined) return undefined;
    const services = rules.applications.flatMap((application) => application.services);
    return {
      criticalServices: [...new Set(services.filter(({ critical }) => critical).map(({ name }) => name))],
      objectives: place.slo,
    };
  };

  async #current(): Promise<Rules | undefined> {
    try {
      const { mtimeMs, size, ino } = await stat(this.#path);
      const mark = `${String(mtimeMs)} ${String(size)} ${String(ino)}`;
      if (this.#read?.mark !== mark) {
        const loaded = await loadRules(this.#path);
        this.#read = { mark, rules: loaded.ok ? loaded.rules : undefined };
      }
      return this.#read.rules;
    } catch {
      this.#read = undefined;
      return undefined;
    }
  }
}
