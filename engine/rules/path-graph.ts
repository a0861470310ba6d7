import { closest } from './closest-word.ts';
import { EnvironmentNames } from './environment-names.ts';
import { reachableFrom } from './reachability.ts';
import type { Path, Rules } from './schema.ts';

export type MoveRefusal = 'unknown-environment' | 'same-environment' | 'backward' | 'skips' | 'not-listed';

export type MoveVerdict =
  | { readonly ok: true; readonly path: Path }
  | {
      readonly ok: false;
      readonly refusal: MoveRefusal;
      /** One sentence for people. */
      readonly reason: string;
      /** Environments that would be skipped, in order; empty for every other refusal. */
      readonly skipped: readonly string[];
      /** Where a release may go from there; empty when `from` is unknown or nothing leaves it. */
      readonly legalHops: readonly string[];
    };

export type Openness =
  | { readonly isOpen: true }
  | {
      readonly isOpen: false;
      /** Environments in which the release is not verified yet; of these, `needed` more must verify it. */
      readonly missing: readonly string[];
      readonly needed: number;
      readonly reason: string;
    };

export type OnlyPath =
  | { readonly ok: true; readonly path: Path }
  | { readonly ok: false; readonly candidates: readonly Path[]; readonly reason: string };

/** The allowed moves of a rules document. Every question takes names or aliases; every answer gives names. */
export class PathGraph {
  readonly #names: EnvironmentNames;
  readonly #paths: readonly Path[];

  constructor(rules: Pick<Rules, 'environments' | 'paths'>) {
    this.#names = new EnvironmentNames(rules.environments);
    this.#paths = rules.paths;
  }

  /** Names in the order of the document. */
  environments(): readonly string[] {
    return this.#names.names();
  }

  /** Every name and alias of an environment. */
  words(): readonly string[] {
    return this.#names.words();
  }

  paths(): readonly Path[] {
    return this.#paths;
  }

  /** The environment's name, or undefined when there is none of this name or alias. */
  resolve(environment: string): string | undefined {
    return this.#names.resolve(environment);
  }

  /** Where a release may go from an environment, in the order of the document; nothing from an unknown one. */
  legalHops(from: string): readonly string[] {
    const source = this.resolve(from);
    return this.#paths.filter((path) => path.from === source).map(({ to }) => to);
  }

  /** From where a release may enter an environment. */
  sourcesOf(to: string): readonly string[] {
    const target = this.resolve(to);
    return this.#paths.filter((path) => path.to === target).map(({ from }) => from);
  }

  checkMove(from: string, to: string): MoveVerdict {
    const source = this.resolve(from);
    if (source === undefined) return refuse('unknown-environment', this.#unknown(from), []);
    const legalHops = this.legalHops(source);
    const target = this.resolve(to);
    if (target === undefined) return refuse('unknown-environment', this.#unknown(to), legalHops);
    const next = legalHops.length === 0 ? `No path leaves ${source}.` : `From ${source}: ${legalHops.join(', ')}.`;
    if (source === target) {
      return refuse('same-environment', `${source} → ${target} would move nothing. ${next}`, legalHops);
    }
    const path = this.#paths.find((candidate) => candidate.from === source && candidate.to === target);
    if (path !== undefined) return { ok: true, path };
    if (reachableFrom(target, this.#paths).has(source)) {
      return refuse('backward', `${source} → ${target} goes backward; roll back instead. ${next}`, legalHops);
    }
    const between = this.#between(source, target);
    if (between.length > 0) {
      const reason = `${source} → ${target} skips ${between.join(' and ')}. ${next}`;
      return { ...refuse('skips', reason, legalHops), skipped: between };
    }
    return refuse('not-listed', `${source} → ${target} is not a listed path. ${next}`, legalHops);
  }

  /**
   * Whether a release may take a path, given where it is verified. It must be verified in `from`; `after` may demand
   * more: `all` every source of the target, `atLeast` a number of those listed.
   */
  openness(path: Path, verifiedIn: ReadonlySet<string>): Openness {
    const verified = new Set([...verifiedIn].map((name) => this.resolve(name) ?? name));
    const absent = (names: readonly string[]) => names.filter((name) => !verified.has(name));
    const { from, to, after } = path;
    if (!verified.has(from)) return closed([from], 1, `The release is not verified in ${from}.`);
    if (after === 'any') return { isOpen: true };
    if (after === 'all') {
      const missing = absent(this.sourcesOf(to));
      if (missing.length === 0) return { isOpen: true };
      return closed(missing, missing.length, `Before ${to} it must also be verified in ${missing.join(' and ')}.`);
    }
    const missing = absent(after.of);
    const needed = after.atLeast - (after.of.length - missing.length);
    if (needed <= 0) return { isOpen: true };
    return closed(
      missing,
      needed,
      `Before ${to} it must be verified in ${String(after.atLeast)} of ${after.of.join(', ')}: ${String(needed)} more of ${missing.join(', ')}.`,
    );
  }

  #all(): string {
    if (this.#paths.length === 0) return '';
    return ` Releases move ${this.#paths.map(({ from, to }) => `${from} → ${to}`).join(', ')}.`;
  }

  /** The path that is meant when somebody names one end or none: the only one there is, or the candidates. */
  onlyPath(ends: { readonly from?: string | undefined; readonly to?: string | undefined } = {}): OnlyPath {
    for (const end of [ends.from, ends.to]) {
      if (end !== undefined && this.resolve(end) === undefined) {
        return { ok: false, candidates: [], reason: this.#unknown(end) };
      }
    }
    const [from, to] = [ends.from, ends.to].map((end) => (end === undefined ? undefined : this.resolve(end)));
    const candidates = this.#paths.filter(
      (path) => (from === undefined || path.from === from) && (to === undefined || path.to === to),
    );
    const [path] = candidates;
    if (path !== undefined && candidates.length === 1) return { ok: true, path };
    const where = `${from === undefined ? '' : ` from ${from}`}${to === undefined ? '' : ` to ${to}`}`;
    const list = candidates.map((candidate) => `${candidate.from} → ${candidate.to}`).join(', ');
    const reason =
      path === undefined
        ? `There is no path${where}.${this.#all()}`
        : `There are several paths${where}: ${list}. Name one.`;
    return { ok: false, candidates, reason };
  }

  #unknown(word: string): string {
    const near = closest(word, this.#names.words());
    const known = this.environments().join(', ');
    return `There is no environment ${word}.${near === undefined ? '' : ` Did you mean ${near}?`} Known: ${known}.`;
  }

  /** What lies on the shortest way between two environments; empty when there is no way. */
  #between(source: string, target: string): readonly string[] {
    const ways: (readonly string[])[] = [[source]];
    const seen = new Set([source]);
    for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
      for (const hop of this.legalHops(way.at(-1) ?? source)) {
        if (hop === target) return way.slice(1);
        if (seen.has(hop)) continue;
        seen.add(hop);
        ways.push([...way, hop]);
      }
    }
    return [];
  }
}

function refuse(refusal: MoveRefusal, reason: string, legalHops: readonly string[]) {
  return { ok: false, refusal, reason, skipped: [], legalHops } as const;
}

function closed(missing: readonly string[], needed: number, reason: string): Openness {
  return { isOpen: false, missing, needed, reason };
}
