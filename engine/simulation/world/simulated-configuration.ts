import { createHash } from 'node:crypto';
import type {
  CommitRequest,
  ConfigurationCommit,
  ConfigurationRepository,
} from '../../configuration/configuration-repository.ts';
import { PreconditionFailedError, type Effect } from '../../workflow/fence.ts';
import { Fences } from './fences.ts';

interface Commit {
  readonly parent: string | undefined;
  readonly files: ReadonlyMap<string, string>;
}

/** What an environment's values file says before anything was promoted. */
const firstValues = 'release: none\nimages: {}\n';

/**
 * One repository of configuration in memory: every branch that is asked for is there, every file holds values at first,
 * and what is committed is kept.
 */
export class SimulatedConfiguration implements ConfigurationRepository {
  readonly address = 'configuration';
  readonly #commits = new Map<string, Commit>();
  readonly #branches = new Map<string, string>();
  readonly #proposed = new Map<string, string>();
  readonly #fences = new Fences();

  async reach(branch: string): Promise<void> {
    await this.head(branch);
  }

  async head(branch: string): Promise<string> {
    const known = this.#branches.get(branch);
    if (known !== undefined) return known;
    const first = this.#store(branch, { parent: undefined, files: new Map() });
    this.#branches.set(branch, first);
    return first;
  }

  async read(commit: string, path: string): Promise<string | undefined> {
    return this.#find(commit).files.get(path) ?? firstValues;
  }

  async proposed(change: string): Promise<string | undefined> {
    return this.#proposed.get(change);
  }

  async propose(lane: string, request: CommitRequest, effect: Effect): Promise<string> {
    this.#fences.take(lane, effect);
    const { change, base } = request;
    const files = new Map(this.#find(base).files);
    for (const file of request.files) {
      if ('content' in file) files.set(file.path, file.content);
      else files.delete(file.path);
    }
    const commit = this.#store(change, { parent: base, files });
    const before = this.#proposed.get(change);
    if (before !== undefined && before !== commit) throw new PreconditionFailedError(change, commit, before);
    this.#proposed.set(change, commit);
    return commit;
  }

  async advance(branch: string, expected: string, commit: string, effect: Effect): Promise<void> {
    this.#fences.take(branch, effect);
    const current = await this.head(branch);
    if (current !== commit && current !== expected) throw new PreconditionFailedError(branch, expected, current);
    this.#branches.set(branch, commit);
  }

  async isAncestor(ancestor: string, commit: string): Promise<boolean> {
    for (let here: string | undefined = commit; here !== undefined; here = this.#find(here).parent) {
      if (here === ancestor) return true;
    }
    return false;
  }

  async history(): Promise<readonly ConfigurationCommit[]> {
    return [];
  }

  async diff(): Promise<string> {
    return '';
  }

  async fence(lane: string, effect: Effect): Promise<void> {
    this.#fences.take(lane, effect);
  }

  #find(commit: string): Commit {
    const found = this.#commits.get(commit);
    if (found === undefined) throw new Error(`there is no commit ${commit}`);
    return found;
  }

  #store(change: string, commit: Commit): string {
    const content = JSON.stringify([change, commit.parent ?? null, [...commit.files]]);
    const id = createHash('sha1').update(content).digest('hex');
    this.#commits.set(id, commit);
    return id;
  }
}
