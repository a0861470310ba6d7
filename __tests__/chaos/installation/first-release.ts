import { setTimeout as pause } from 'node:timers/promises';
import { renderConfiguration } from '../../../engine/configuration/render-configuration.ts';
import type { Effect } from '../../../engine/workflow/fence.ts';
import { sourceOf, targetOf } from './chaos-rules.ts';
import { person, type Installation } from './installation.ts';
import type { TinyRelease } from './tiny-release.ts';

const timeoutSeconds = 120;

/** Puts the first release into the target without a promotion, as a team that begins to use promotions has it there. */
export async function bringFirstRelease(
  { ports, service }: Installation,
  application: string,
  release: TinyRelease,
): Promise<void> {
  const environment = targetOf(application);
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  const effect = (step: string): Effect => ({ key: `first:${step}`, fence: 0, signal });
  await ports.database.migrate(environment, release.content.database?.migrations ?? [], effect('database'));
  const [from, to] = [`registries/${sourceOf(application)}/web`, `registries/${environment}/web`];
  await ports.artifacts.copy(from, to, release.digest, effect('artifacts'));
  const configuration = ports.configuration('configuration');
  const path = `${environment}/values.yaml`;
  const base = await configuration.head(environment, signal);
  const before = (await configuration.read(base, path, signal)) ?? '';
  const commit = await configuration.propose(
    environment,
    {
      change: `first-${application}`,
      base,
      files: [{ path, content: renderConfiguration(before, { name: release.name, ...release.content }).text }],
      message: `First release of ${application}\n`,
      author: { name: 'Chaos', email: 'chaos@localhost', at: new Date() },
    },
    effect('configuration'),
  );
  await configuration.advance(environment, base, commit, effect('configuration'));
  const { generation } = await ports.deployment.apply(
    environment,
    {
      application,
      release: release.name,
      configurationCommit: commit,
      services: [{ name: 'web', repository: to, digest: release.digest }],
    },
    0,
    effect('deployment'),
  );
  for (;;) {
    const status = await ports.deployment.status(environment, signal);
    if (status.observedGeneration >= generation && status.phase === 'available') break;
    if (status.phase === 'failed') throw new Error(`${environment} did not come up: ${status.message ?? ''}`);
    await pause(50, undefined, { signal });
  }
  await service.adopt(person, application, environment, release.name);
}
