import { createHash } from 'node:crypto';
import { canonicalJson } from '../audit/canonical-json.ts';
import type { DeploymentStatus, DesiredDeployment } from '../deployment/deployment-target.ts';
import { releaseContentSchema, type Release, type ReleaseContent } from '../release.ts';
import type { Actor } from '../workflow/actor.ts';
import { environmentTarget } from '../workflow/compile-target.ts';
import type { EnvironmentTarget } from '../workflow/definition.ts';
import { chooseApplication, scopeOf } from './complete-request.ts';
import { knownEnvironment } from './known-names.ts';
import { createRelease } from './releases.ts';
import type { ServiceContext } from './service-context.ts';
import { RefusedError } from './service-errors.ts';

export interface AdoptionRequest {
  readonly application?: string | undefined;
  readonly environment: string;
  /** Default: what the target calls it, or a name made of its content. */
  readonly release?: string | undefined;
}

/** What was found running, and recorded. */
export interface Adoption {
  readonly environment: string;
  readonly release: Release;
  /** Whether the release was made of what runs; false: it was known. */
  readonly isNew: boolean;
  readonly configurationCommit: string;
  readonly schemaVersion: number | undefined;
}

const readTimeoutMs = 30_000;

/**
 * Records what runs in an environment as its verified baseline, which is what a rollback returns to. Read from the target
 * itself: images by digest, the configuration commit, the schema version and the flags. A release of exactly these images
 * under the name is that release; else one is made.
 * @throws RefusedError when nothing runs there, when it is not well, and when the name belongs to other images.
 */
export async function adoptRunning(context: ServiceContext, actor: Actor, request: AdoptionRequest): Promise<Adoption> {
  const rules = await context.rules.current();
  await context.authorizer.require(actor, 'adopt', scopeOf(rules, request.application, request.environment));
  const application = chooseApplication(rules, request.application);
  const environment = await knownEnvironment(context, request.environment);
  const kind = rules.environments.find(({ name }) => name === environment)?.targets.deployment.kind;
  if (kind !== 'local') {
    throw new RefusedError(
      `what runs in ${environment} cannot be read: deployment kind ${kind ?? 'unknown'} is not driven`,
    );
  }
  const target = environmentTarget(rules, application, environment);
  const signal = AbortSignal.timeout(readTimeoutMs);
  const desired = await readRunning(context, application, environment, signal);
  const schemaVersion =
    target.database === undefined
      ? undefined
      : (await context.ports.database.state(target.database, signal)).schemaVersion;
  const content = await contentOf(context, desired, target, schemaVersion, signal);
  const { release, isNew } = await releaseOf(context, actor, application, content, desired, request.release);
  const { configurationCommit } = desired;
  await context.store.recordBaseline(
    { application, environment, releaseId: release.id },
    {
      at: context.clock.now(),
      type: 'adopted',
      actor,
      data: {
        application,
        environment,
        release: release.name,
        digest: release.digest,
        isNew,
        images: content.images.map((image) => ({ ...image })),
        configurationCommit,
        schemaVersion: schemaVersion ?? null,
        flags: content.flags.map(({ key }) => key),
      },
    },
  );
  return { environment, release, isNew, configurationCommit, schemaVersion };
}

/** @throws RefusedError unless everything that is desired there runs and is ready. */
async function readRunning(
  { ports }: ServiceContext,
  application: string,
  environment: string,
  signal: AbortSignal,
): Promise<DesiredDeployment> {
  const status = await ports.deployment.status(environment, signal);
  const { desired } = status;
  if (desired === undefined || desired.services.length === 0) {
    throw new RefusedError(`nothing runs in ${environment}; deploy something there first`);
  }
  if (desired.application !== application) {
    throw new RefusedError(`${environment} runs ${desired.application}, not ${application}`);
  }
  const trouble = troubleOf(status, desired);
  if (trouble === undefined) return desired;
  throw new RefusedError(
    `${environment} is not well (${trouble}), and a baseline is what rollbacks return to; mend it, then adopt it`,
  );
}

function troubleOf(status: DeploymentStatus, desired: DesiredDeployment): string | undefined {
  if (desired.canaryPercentage !== undefined) return 'a canary runs beside it';
  if (desired.stage !== undefined) return 'its deployment is not finished';
  if (status.phase !== 'available') return status.message ?? `it is ${status.phase}`;
  const other = desired.services.find(({ name, digest }) => {
    const running = status.services.find((service) => service.name === name);
    return running?.digest !== digest || !running.isReady;
  });
  return other === undefined ? undefined : `${other.name} does not serve what is desired`;
}

async function contentOf(
  { ports }: ServiceContext,
  desired: DesiredDeployment,
  target: EnvironmentTarget,
  schemaVersion: number | undefined,
  signal: AbortSignal,
): Promise<ReleaseContent> {
  const flags = target.hasFlags ? (await ports.flags.read(target.name, signal)).flags : [];
  return releaseContentSchema.parse({
    images: desired.services.map(({ name, repository, digest }) => ({
      service: name,
      image: imageOf(repository, target),
      digest,
    })),
    // Which schemas it tolerates beside this one nobody can read from what runs.
    ...(schemaVersion === undefined
      ? {}
      : { database: { schemaRange: { min: schemaVersion, max: schemaVersion }, migrations: [] } }),
    flags: flags.map(({ key, description, defaultEnabled }) => ({ key, description, defaultEnabled })),
  });
}

function imageOf(repository: string, { name, registry }: EnvironmentTarget): string {
  const prefix = `${registry}/`;
  if (repository.startsWith(prefix)) return repository.slice(prefix.length);
  throw new RefusedError(`${name} runs ${repository}, which is not below its registry ${registry}`);
}

async function releaseOf(
  context: ServiceContext,
  actor: Actor,
  application: string,
  content: ReleaseContent,
  desired: DesiredDeployment,
  wanted: string | undefined,
): Promise<Pick<Adoption, 'release' | 'isNew'>> {
  const name = wanted ?? desired.release;
  const known = await context.store.findRelease(application, name);
  if (known !== undefined && hasSameImages(known.content, content)) return { release: known, isNew: false };
  if (known !== undefined && wanted !== undefined) {
    throw new RefusedError(
      `${name} is a release of other images than those that run; leave --release out, or choose another name`,
    );
  }
  const made = known === undefined ? name : nameFor(content);
  const again = await context.store.findRelease(application, made);
  const release = await createRelease(context, actor, { application, name: made, content }, []);
  return { release, isNew: again === undefined };
}

function hasSameImages(left: ReleaseContent, right: ReleaseContent): boolean {
  const sorted = ({ images }: ReleaseContent): string =>
    canonicalJson(images.map(({ service, digest }) => `${service} ${digest}`).toSorted());
  return sorted(left) === sorted(right);
}

/** The same for the same content, so that adopting it twice makes one release. */
function nameFor(content: ReleaseContent): string {
  return `adopted-${createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 12)}`;
}
