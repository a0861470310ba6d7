import { setTimeout as pause } from 'node:timers/promises';
import { buildRelease, type BuiltRelease } from '../../examples/shop/build-release.ts';
import { signImage } from '../../engine/artifacts/signatures/sign-image.ts';
import { writeImage } from '../../engine/artifacts/write-image.ts';
import type { Release } from '../../engine/release.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import type { Effect } from '../../engine/workflow/fence.ts';
import { renderConfiguration } from '../../engine/configuration/render-configuration.ts';
import type { LocalFolders } from './local-folders.ts';
import { localSigningKey } from './local-signing-key.ts';
import type { LocalInstallation } from './open-session.ts';
import type { ShopEnvironment } from './shop-environments.ts';
import { shopSource } from './shop-sources.ts';

export type ShopReleaseName = 'v1' | 'v2' | 'v3';

const rolloutPollMs = 100;
const rolloutTimeoutMs = 60_000;

/**
 * Builds a release into the registry of the place where releases come in: real images, signed with the key of this
 * machine, and the facts of its tests.
 */
export async function buildShopRelease(
  folders: LocalFolders,
  { registry }: ShopEnvironment,
  release: ShopReleaseName,
): Promise<BuiltRelease> {
  const registryRoot = folders.root;
  const source = await shopSource(folders, release);
  const built = await buildRelease({ release, registryRoot, registry, writeImage, source });
  const privateKey = await localSigningKey(folders);
  for (const { image, digest } of built.content.images) {
    await signImage({ registryRoot, repository: `${registry}/${image}`, digest, privateKey });
  }
  return built;
}

/** One that is known already stays what it is, also where an earlier version did not yet say what it was made from. */
export async function registerShopRelease(
  session: LocalInstallation,
  application: string,
  name: ShopReleaseName,
  built: BuiltRelease,
): Promise<Release> {
  const collectedAt = new Date();
  const known = (await session.service.releases(session.actor, application)).find((each) => each.name === name);
  const isSame = JSON.stringify(known?.content.images) === JSON.stringify(built.content.images);
  const content = known !== undefined && isSame ? known.content : built.content;
  return session.service.createRelease(
    session.actor,
    { application, name, content },
    built.facts.map((fact) => ({ source: `npm test of ${application} ${name}`, collectedAt, fact })),
  );
}

/**
 * Puts a release into an environment the way a team's own pipeline would, without a promotion, and tells the engine:
 * this is how releases come in, and how other environments got their first one.
 * @param built where its images were written.
 */
export async function bringShopRelease(
  ports: Ports,
  session: LocalInstallation,
  environment: ShopEnvironment,
  release: Release,
  built: ShopEnvironment,
): Promise<void> {
  const { application, name, registry, database } = environment;
  const signal = AbortSignal.timeout(rolloutTimeoutMs);
  const effect = (what: string): Effect => ({ key: `pipeline:${name}:${release.name}:${what}`, fence: 0, signal });
  if (release.content.database !== undefined) {
    await ports.database.migrate(database, release.content.database.migrations, effect('database'));
  }
  if (registry !== built.registry) {
    for (const { image, digest } of release.content.images) {
      await ports.artifacts.copy(`${built.registry}/${image}`, `${registry}/${image}`, digest, effect('artifacts'));
    }
  }
  const commit = await commitConfiguration(ports, environment, release, effect('configuration'));
  const status = await ports.deployment.status(name, signal);
  const desired = {
    application,
    release: release.name,
    configurationCommit: commit,
    services: release.content.images.map(({ service, image, digest }) => ({
      name: service,
      repository: `${registry}/${image}`,
      digest,
    })),
  };
  const { generation } = await ports.deployment.apply(name, desired, status.generation, effect('deployment'));
  await untilAvailable(ports, name, generation, signal);
  await session.service.adopt(session.actor, application, name, release.name);
}

/**
 * Commits what a release puts into the values of an environment, on its branch.
 * @returns the commit that then says what runs: the branch's own head where nothing is different.
 */
export async function commitConfiguration(
  ports: Pick<Ports, 'configuration'>,
  environment: Pick<ShopEnvironment, 'name' | 'configuration'>,
  release: Release,
  effect: Effect,
): Promise<string> {
  const { repository, branch, path } = environment.configuration;
  const configuration = ports.configuration(repository);
  const base = await configuration.head(branch, effect.signal);
  const before = await configuration.read(base, path, effect.signal);
  if (before === undefined) throw new Error(`${path} is missing on branch ${branch}`);
  const { text } = renderConfiguration(before, { name: release.name, ...release.content });
  if (text === before) return base;
  const author = { name: 'Shop pipeline', email: 'shop@localhost', at: release.createdAt };
  const request = {
    // By what it changes, too: the same release comes again onto another configuration, and a run that was cut off goes
    // on with the change that it made.
    change: `pipeline-${environment.name}-${release.name}-${base.slice(0, 12)}`,
    base,
    files: [{ path, content: text }],
    message: `Deploy ${release.name}\n`,
    author,
  };
  const commit = await configuration.propose(branch, request, effect);
  await configuration.advance(branch, base, commit, effect);
  return commit;
}

/** What served before and could not come back is tried again by the platform every moment. */
const comeBackPatienceMs = 10_000;

/** Waits until an environment runs what it was last asked to. @returns how many services are ready. */
export async function untilReady(ports: Ports, environment: string): Promise<number> {
  const signal = AbortSignal.timeout(rolloutTimeoutMs);
  const { generation } = await ports.deployment.status(environment, signal);
  await untilAvailable(ports, environment, generation, signal, comeBackPatienceMs);
  const { services } = await ports.deployment.status(environment, signal);
  return services.filter(({ isReady }) => isReady).length;
}

async function untilAvailable(
  ports: Ports,
  environment: string,
  generation: number,
  signal: AbortSignal,
  patienceMs = 0,
): Promise<void> {
  const since = performance.now();
  for (;;) {
    const status = await ports.deployment.status(environment, signal);
    if (status.observedGeneration >= generation && status.phase === 'available') return;
    const isGivenUp = status.phase === 'failed' && performance.now() - since >= patienceMs;
    if (status.observedGeneration >= generation && isGivenUp) {
      throw new Error(`${environment} did not become available: ${status.message ?? 'no reason given'}`);
    }
    await pause(rolloutPollMs, undefined, { signal });
  }
}
