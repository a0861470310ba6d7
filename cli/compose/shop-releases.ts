import { setTimeout as pause } from 'node:timers/promises';
import { buildRelease, type BuiltRelease } from '../../examples/shop/build-release.ts';
import { writeImage } from '../../engine/artifacts/write-image.ts';
import type { Release } from '../../engine/release.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import type { Effect } from '../../engine/workflow/fence.ts';
import { renderConfiguration } from '../../engine/configuration/render-configuration.ts';
import type { LocalFolders } from './local-folders.ts';
import type { LocalInstallation } from './open-session.ts';
import { shopApplication, type ShopEnvironment } from './shop-setup.ts';

export type ShopReleaseName = 'v1' | 'v2' | 'v3';

const rolloutPollMs = 100;
const rolloutTimeoutMs = 60_000;

/** Builds a release into dev's registry: real images, and the facts of its own tests. */
export function buildShopRelease(folders: LocalFolders, release: ShopReleaseName): Promise<BuiltRelease> {
  return buildRelease({ release, registryRoot: folders.root, registry: 'registries/dev', writeImage });
}

export function registerShopRelease(
  session: LocalInstallation,
  name: ShopReleaseName,
  built: BuiltRelease,
): Promise<Release> {
  const collectedAt = new Date();
  return session.service.createRelease(
    session.actor,
    { application: shopApplication, name, content: built.content },
    built.facts.map((fact) => ({ source: `npm test of shop ${name}`, collectedAt, fact })),
  );
}

/**
 * Puts a release into an environment the way a team's own pipeline would, without a promotion, and tells the engine:
 * this is how releases come into dev, and how staging got its first one.
 */
export async function bringShopRelease(
  ports: Ports,
  session: LocalInstallation,
  environment: ShopEnvironment,
  release: Release,
): Promise<void> {
  const signal = AbortSignal.timeout(rolloutTimeoutMs);
  const effect = (name: string): Effect => ({
    key: `pipeline:${environment}:${release.name}:${name}`,
    fence: 0,
    signal,
  });
  if (release.content.database !== undefined) {
    await ports.database.migrate(
      `${shopApplication}-${environment}`,
      release.content.database.migrations,
      effect('database'),
    );
  }
  if (environment !== 'dev') {
    for (const { image, digest } of release.content.images) {
      await ports.artifacts.copy(
        `registries/dev/${image}`,
        `registries/${environment}/${image}`,
        digest,
        effect('artifacts'),
      );
    }
  }
  const commit = await commitConfiguration(ports, environment, release, effect('configuration'));
  const status = await ports.deployment.status(environment, signal);
  const desired = {
    application: shopApplication,
    release: release.name,
    configurationCommit: commit,
    services: release.content.images.map(({ service, image, digest }) => ({
      name: service,
      repository: `registries/${environment}/${image}`,
      digest,
    })),
  };
  const { generation } = await ports.deployment.apply(environment, desired, status.generation, effect('deployment'));
  await untilAvailable(ports, environment, generation, signal);
  await session.service.adopt(session.actor, shopApplication, environment, release.name);
}

async function commitConfiguration(
  ports: Ports,
  environment: ShopEnvironment,
  release: Release,
  effect: Effect,
): Promise<string> {
  const configuration = ports.configuration('configuration');
  const path = `${environment}/values.yaml`;
  const base = await configuration.head(environment, effect.signal);
  const before = await configuration.read(base, path, effect.signal);
  if (before === undefined) throw new Error(`${path} is missing on branch ${environment}`);
  const { text } = renderConfiguration(before, { name: release.name, ...release.content });
  if (text === before) return base;
  const author = { name: 'Shop pipeline', email: 'shop@localhost', at: new Date() };
  const request = {
    change: `pipeline-${environment}-${release.name}`,
    base,
    files: [{ path, content: text }],
    message: `Deploy ${release.name}\n`,
    author,
  };
  const commit = await configuration.propose(environment, request, effect);
  await configuration.advance(environment, base, commit, effect);
  return commit;
}

/** Waits until an environment runs what it was last asked to. @returns how many services are ready. */
export async function untilReady(ports: Ports, environment: ShopEnvironment): Promise<number> {
  const signal = AbortSignal.timeout(rolloutTimeoutMs);
  const { generation } = await ports.deployment.status(environment, signal);
  await untilAvailable(ports, environment, generation, signal);
  const { services } = await ports.deployment.status(environment, signal);
  return services.filter(({ isReady }) => isReady).length;
}

async function untilAvailable(
  ports: Ports,
  environment: string,
  generation: number,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const status = await ports.deployment.status(environment, signal);
    if (status.observedGeneration >= generation && status.phase === 'available') return;
    if (status.observedGeneration >= generation && status.phase === 'failed') {
      throw new Error(`${environment} did not become available: ${status.message ?? 'no reason given'}`);
    }
    await pause(rolloutPollMs, undefined, { signal });
  }
}
