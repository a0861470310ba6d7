import { join } from 'node:path';

import { z } from 'zod';

import { flagDefinitionSchema } from '../release.ts';
import { FencedDirectory } from '../storage/fenced-directory.ts';
import { reachFolder } from '../storage/reach-folder.ts';
import type { Effect } from '../workflow/fence.ts';
import type { Flag, FlagSet, FlagStore } from './flag-store.ts';

const file = 'flags.json';
const environmentPattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** The revision of an environment that has no file yet. */
const noRevision = 'none';

const fileSchema = z.strictObject({
  flags: z
    .array(
      flagDefinitionSchema.extend({
        isEnabled: z.boolean(),
        percentage: z.number().min(0).max(100),
      }),
    )
    .refine((flags) => new Set(flags.map(({ key }) => key)).size === flags.length, 'must name each flag once'),
});

/** The feature flags of local environments: `<root>/<environment>/flags.json`, which people may read and edit. */
export class FileFlagStore implements FlagStore {
  readonly #root: string;
  readonly #directories = new Map<string, FencedDirectory>();

  /** @param root made by the first write. */
  constructor(root: string) {
    this.#root = root;
  }

  async reach(environment: string, signal: AbortSignal): Promise<void> {
    await this.read(environment, signal);
    await reachFolder(this.#directory(environment).path);
  }

  /** The empty set when there is no file. @throws when the file is not one of flags. */
  async read(environment: string, signal: AbortSignal): Promise<FlagSet> {
    signal.throwIfAborted();
    const directory = this.#directory(environment);
    const found = await directory.read(file);
    if (!found) return { revision: noRevision, flags: [] };
    return { revision: found.revision, flags: parse(found.content.toString(), join(directory.path, file)) };
  }

  async write(environment: string, flags: readonly Flag[], expectedRevision: string, effect: Effect): Promise<FlagSet> {
    effect.signal.throwIfAborted();
    const directory = this.#directory(environment);
    // The same flags are the same bytes, whatever order they came in, so that a revision names what is set.
    const sorted = flags.toSorted((a, b) => (a.key < b.key ? -1 : 1));
    const content = `${JSON.stringify({ flags: sorted.map(inFieldOrder) }, undefined, 2)}\n`;
    const written = parse(content, `the flags for ${environment}`);
    if ((await directory.read(file))?.content.toString() === content) {
      await directory.fence(effect);
      const current = await directory.read(file);
      if (current?.content.toString() === content) return { revision: current.revision, flags: written };
    }
    const expected = expectedRevision === noRevision ? undefined : expectedRevision;
    const revision = await directory.replace(file, content, expected, effect);
    return { revision, flags: written };
  }

  async fence(environment: string, effect: Effect): Promise<void> {
    effect.signal.throwIfAborted();
    await this.#directory(environment).fence(effect);
  }

  #directory(environment: string): FencedDirectory {
    if (!environmentPattern.test(environment)) {
      throw new Error(`${JSON.stringify(environment)} is not the name of an environment: a lower-case DNS label.`);
    }
    const known = this.#directories.get(environment) ?? new FencedDirectory(join(this.#root, environment));
    this.#directories.set(environment, known);
    return known;
  }
}

function inFieldOrder({ key, description, defaultEnabled, isEnabled, percentage }: Flag): Flag {
  return { key, description, defaultEnabled, isEnabled, percentage };
}

function parse(text: string, where: string): readonly Flag[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new Error(`${where} is not JSON: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const result = fileSchema.safeParse(document);
  if (!result.success) throw new Error(`${where} is not a set of flags:\n${z.prettifyError(result.error)}`);
  return result.data.flags;
}
