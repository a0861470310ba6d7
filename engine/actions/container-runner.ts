import type { ArtifactRegistry } from '../artifacts/artifact-registry.ts';
import { serviceCommand } from '../deployment/local/service-command.ts';
import type { UnpackImage } from '../deployment/local/unpacked-image.ts';
import type { Action } from '../rules/action-schema.ts';
import type { SecretSource } from '../secrets/secret-source.ts';
import type { ActionOutcome, ActionRequest } from './action-runner.ts';
import { runAsAction } from './process-action.ts';

type Container = Extract<Action, { kind: 'container' }>;

/** Runs the container of an action. */
export interface ContainerRunner {
  run(action: Container, request: ActionRequest): Promise<ActionOutcome>;
}

export interface UnpackedContainerRunnerOptions {
  readonly artifacts: Pick<ArtifactRegistry, 'resolve'>;
  readonly unpackImage: UnpackImage;
  /** Receives a folder per digest. */
  readonly imagesFolder: string;
  readonly secrets: SecretSource;
}

/**
 * Runs what an image holds as a process of this machine, as local mode runs services: no isolation beyond its scrubbed
 * environment, and no system but this machine's.
 */
export class UnpackedContainerRunner implements ContainerRunner {
  readonly #options: UnpackedContainerRunnerOptions;

  constructor(options: UnpackedContainerRunnerOptions) {
    this.#options = options;
  }

  async run(action: Container, request: ActionRequest): Promise<ActionOutcome> {
    const { unpackImage, imagesFolder, secrets } = this.#options;
    const { repository, digest } = await this.#find(action.image, request.signal);
    request.log(`${repository}@${digest}`);
    const image = await unpackImage({ repository, digest, destination: imagesFolder, signal: request.signal });
    // As container runtimes do it: arguments take the place of CMD.
    const command = action.arguments.length > 0 ? action.arguments : image.command;
    const start = serviceCommand({ ...image, command });
    const { PATH: _meansNothingHere, ...environment } = image.environment;
    return runAsAction({ ...start, environment }, action, request, secrets);
  }

  async #find(image: string, signal: AbortSignal): Promise<{ readonly repository: string; readonly digest: string }> {
    const [, repository, tag, digest] = imagePattern.exec(image) ?? [];
    if (repository === undefined) {
      throw new TypeError(`${image} names no image; write <repository>:<tag> or, better, <repository>@sha256:<digest>`);
    }
    if (digest !== undefined) return { repository, digest };
    const found = await this.#options.artifacts.resolve(repository, tag ?? 'latest', signal);
    if (found === undefined) throw new TypeError(`${repository} has no tag ${tag ?? 'latest'}; push the image first`);
    return { repository, digest: found };
  }
}

const imagePattern = /^([^@]+?)(?::([A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/;
