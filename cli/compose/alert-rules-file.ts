import { stat } from 'node:fs/promises';
import type { AlertRules } from '../../engine/metrics/local/judge-alerts.ts';
import { loadRules } from '../../engine/rules/load-rules.ts';
import type { Rules } from '../../engine/rules/schema.ts';
import { extendsOptions } from '../rules-folders.ts';

/** What the rules file promises of each environment, read again when it or a file that it extends has changed. */
export class AlertRulesFile {
  readonly #path: string;
  #read: { readonly files: readonly string[]; readonly mark: string; readonly rules: Rules } | undefined;

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
      const before = this.#read;
      if (before !== undefined && before.mark === (await markOf(before.files))) return before.rules;
      this.#read = undefined;
      const startedAt = Date.now();
      const loaded = await loadRules(this.#path, extendsOptions(process.env));
      if (!loaded.ok) return undefined;
      const { files } = loaded.origin;
      // What was written meanwhile may have been read before or after: it is read once more.
      if ((await newestChange(files)) < startedAt)
        this.#read = { files, mark: await markOf(files), rules: loaded.rules };
      return loaded.rules;
    } catch {
      this.#read = undefined;
      return undefined;
    }
  }
}

async function markOf(files: readonly string[]): Promise<string> {
  const all = await Promise.all(files.map((file) => stat(file)));
  return all.map(({ mtimeMs, size, ino }) => `${String(mtimeMs)} ${String(size)} ${String(ino)}`).join(', ');
}

async function newestChange(files: readonly string[]): Promise<number> {
  const all = await Promise.all(files.map((file) => stat(file)));
  return Math.max(...all.map(({ mtimeMs }) => mtimeMs));
}
