import type { ArtifactRegistry, ImageInspection, Referrer } from '../../artifacts/artifact-registry.ts';
import type { ImageSignature } from '../../artifacts/signatures/image-signature.ts';
import { PreconditionFailedError, type Effect } from '../../workflow/fence.ts';
import type { DeclaredFacts } from './declared-facts.ts';
import { Fences } from './fences.ts';
import type { SimulatedSigners } from './simulated-signers.ts';

const sizeBytes = 1_000_000;

/**
 * Registries in which every image that somebody asks for is there and intact; tags are what was written, signatures those
 * of whom a scenario names.
 */
export class SimulatedArtifacts implements ArtifactRegistry {
  readonly #facts: DeclaredFacts;
  readonly #signers: SimulatedSigners;
  readonly #tags = new Map<string, Map<string, string>>();
  readonly #fences = new Fences();

  constructor(facts: DeclaredFacts, signers: SimulatedSigners) {
    this.#facts = facts;
    this.#signers = signers;
  }

  async signatures(repository: string, digest: string): Promise<readonly ImageSignature[]> {
    return this.#facts.signersOf(digest).map((name) => this.#signers.sign(name, repository, digest));
  }

  async resolve(repository: string, tag: string): Promise<string | undefined> {
    return this.#tags.get(repository)?.get(tag);
  }

  async tags(repository: string): Promise<readonly { readonly tag: string; readonly digest: string }[]> {
    return [...(this.#tags.get(repository) ?? [])].map(([tag, digest]) => ({ tag, digest }));
  }

  async reach(): Promise<{ readonly freeBytes: undefined }> {
    return { freeBytes: undefined };
  }

  async declaredBytes(): Promise<number> {
    return sizeBytes;
  }

  async has(): Promise<boolean> {
    return true;
  }

  async inspect(_: string, digest: string): Promise<ImageInspection> {
    return {
      digest,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      sizeBytes,
      platforms: [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'arm64' },
      ],
      layers: [{ digest, sizeBytes, isIntact: true }],
      // Whatever label the rules ask for.
      labels: new Proxy({}, { get: () => 'simulated' }),
      entrypoint: ['simulated'],
      command: [],
    };
  }

  async copy(_: string, target: string, __: string, effect: Effect): Promise<{ readonly copiedBytes: number }> {
    this.#fences.take(target, effect);
    return { copiedBytes: sizeBytes };
  }

  async tag(repository: string, tag: string, digest: string, expected: string | undefined, effect: Effect) {
    this.#fences.take(repository, effect);
    const tags = this.#tags.get(repository) ?? new Map<string, string>();
    const current = tags.get(tag);
    if (current !== expected) {
      throw new PreconditionFailedError(`${repository}:${tag}`, expected ?? 'nothing', current ?? 'nothing');
    }
    this.#tags.set(repository, tags.set(tag, digest));
  }

  async untag(repository: string, tag: string, expected: string, effect: Effect): Promise<void> {
    this.#fences.take(repository, effect);
    const tags = this.#tags.get(repository);
    const current = tags?.get(tag);
    if (current !== expected) {
      throw new PreconditionFailedError(`${repository}:${tag}`, expected, current ?? 'nothing');
    }
    tags?.delete(tag);
  }

  async referrers(): Promise<readonly Referrer[]> {
    return [];
  }

  async attach(repository: string, _: string, __: unknown, effect: Effect): Promise<string> {
    this.#fences.take(repository, effect);
    return 'simulated';
  }

  async detach(repository: string, _: string, effect: Effect): Promise<void> {
    this.#fences.take(repository, effect);
  }

  async fence(repository: string, effect: Effect): Promise<void> {
    this.#fences.take(repository, effect);
  }
}
