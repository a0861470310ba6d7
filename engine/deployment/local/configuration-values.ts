import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ConfigurationRepository } from '../../configuration/configuration-repository.ts';
import { writeRecord } from './record-file.ts';

export interface ConfigurationFile {
  /** The values as JSON, where services read them. */
  readonly path: string;
  /** Equal for equal values, whichever commit holds them. */
  readonly fingerprint: string;
}

const valuesSchema = z.record(z.string(), z.json());

/** Turns an environment's values file at a commit into the file its services get as CONFIG_FILE. */
export class ConfigurationValues {
  readonly #directory: string;
  readonly #repository: Pick<ConfigurationRepository, 'read'>;

  constructor(folder: string, repository: Pick<ConfigurationRepository, 'read'>) {
    this.#directory = join(folder, 'configuration');
    this.#repository = repository;
  }

  /** @throws when the commit holds no such file, or it is not a YAML mapping. */
  async at(commit: string, valuesPath: string, signal: AbortSignal): Promise<ConfigurationFile> {
    const source = `${valuesPath} at commit ${commit}`;
    const text = await this.#repository.read(commit, valuesPath, signal);
    if (text === undefined) throw new Error(`${source} does not exist: commit the environment's values first`);
    const values = valuesSchema.safeParse(parsedYaml(text, source));
    if (!values.success) throw new Error(`${source} must be a mapping of names to plain values`);
    const path = join(this.#directory, `${commit}.json`);
    await mkdir(this.#directory, { recursive: true });
    await writeRecord(path, values.data);
    return { path, fingerprint: createHash('sha256').update(JSON.stringify(values.data)).digest('hex') };
  }
}

function parsedYaml(text: string, source: string): unknown {
  try {
    return parse(text) ?? {};
  } catch (error) {
    throw new Error(`${source} is not YAML: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
