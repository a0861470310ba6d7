import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryFolder } from '../../engine/artifacts/repository-folder.ts';
import { PathGraph } from '../../engine/rules/path-graph.ts';
import type { EnvironmentState } from '../../engine/store/service-store.ts';
import { environmentTarget } from '../../engine/workflow/compile-target.ts';
import type { DoctorFinding } from '../session.ts';
import type { Release } from '../../engine/release.ts';
import { lookTimeoutMs, reasonOf, runningPlaces, type DoctorWorld } from './doctor-world.ts';

/** Whether every environment's registry can be reached, holds what runs there, and takes what comes. */
export async function* examineRegistries(world: DoctorWorld): AsyncIterable<DoctorFinding> {
  for (const state of await runningPlaces(world)) {
    const { application, name, release } = state;
    if (release === undefined) continue;
    const { registry } = environmentTarget(world.rules, application, name);
    const subject = `registry ${registry}`;
    const signal = AbortSignal.timeout(lookTimeoutMs);
    try {
      const missing: Lost[] = [];
      for (const { image, digest } of release.content.images) {
        if (!(await world.ports.artifacts.has(`${registry}/${image}`, digest, signal))) missing.push({ image, digest });
      }
      if (missing.length > 0) {
        const lost = missing.map(({ image, digest }) => `${registry}/${image}@${digest}`);
        yield {
          subject,
          level: 'fail',
          detail: `it lost what ${name} runs: ${lost.join(', ')}`,
          remedy: (await copyFromElsewhere(world, state, registry, missing, signal)) ?? pushAgain(world, state),
        };
        continue;
      }
      const closed = await whyClosed(join(world.folders.root, registry));
      yield closed === undefined
        ? {
            subject,
            level: 'ok',
            detail: `holds ${imagesOf(release)}`,
          }
        : { subject, level: 'fail', detail: closed, remedy: `chmod -R u+rwX ${join(world.folders.root, registry)}` };
    } catch (error) {
      yield {
        subject,
        level: 'fail',
        detail: `it cannot be read: ${reasonOf(error)}`,
        remedy: `see that ${registry} is reached from here, and that this account may read and write there`,
      };
    }
  }
}

interface Lost {
  readonly image: string;
  readonly digest: string;
}

/**
 * How images come back from another environment that still has them. Only where their repositories are gone as a whole:
 * what is left of one says what else was there.
 * @returns undefined when no other environment has all of them.
 */
async function copyFromElsewhere(
  { rules, ports, folders: { root } }: DoctorWorld,
  { application }: EnvironmentState,
  registry: string,
  lost: readonly Lost[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const folderOf = (of: string, image: string): string => repositoryFolder(root, `${of}/${image}`);
  if (lost.some(({ image }) => existsSync(folderOf(registry, image)))) return undefined;
  const others = rules.environments.map(({ name }) => environmentTarget(rules, application, name).registry);
  for (const other of new Set(others.filter((each) => each !== registry))) {
    const found = await Promise.all(
      lost.map(
        async ({ image, digest }) =>
          existsSync(folderOf(other, image)) && (await ports.artifacts.has(`${other}/${image}`, digest, signal)),
      ),
    );
    if (!found.every(Boolean)) continue;
    const folders = lost.map(({ image }) => folderOf(other, image)).join(' ');
    const there = join(root, registry);
    return `put it back, or copy it from ${other}, which has it: mkdir -p ${there} && cp -R ${folders} ${there}/`;
  }
  return undefined;
}

function pushAgain({ rules }: DoctorWorld, { application, name, release, promotionId }: EnvironmentState): string {
  const what = release?.name ?? '';
  if (promotionId !== undefined) {
    return `push it again, or promote ${what} anew: promote run ${application} --release ${what} --to ${name} --again`;
  }
  // Releases come in only where no path leads to.
  const isEntry = new PathGraph(rules).sourcesOf(name).length === 0;
  return `push it again, as its own pipeline does${isEntry ? ` (of the sample: promote local bring ${what})` : ''}`;
}

/** On this machine a registry is a folder. */
async function whyClosed(folder: string): Promise<string | undefined> {
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return 'this account may not write there, so nothing can be promoted into it';
  }
}

function imagesOf({ name, content: { images } }: Release): string {
  return images.length === 1 ? `the image of ${name}` : `the ${String(images.length)} images of ${name}`;
}
