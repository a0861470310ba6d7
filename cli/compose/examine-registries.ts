import { access, constants } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentTarget } from '../../engine/workflow/compile-target.ts';
import type { DoctorFinding } from '../session.ts';
import { lookTimeoutMs, reasonOf, runningPlaces, type DoctorWorld } from './doctor-world.ts';

/** Whether every environment's registry can be reached, holds what runs there, and takes what comes. */
export async function* examineRegistries(world: DoctorWorld): AsyncIterable<DoctorFinding> {
  for (const state of await runningPlaces(world)) {
    const { application, name, release, promotionId } = state;
    if (release === undefined) continue;
    const { registry } = environmentTarget(world.rules, application, name);
    const subject = `registry ${registry}`;
    const signal = AbortSignal.timeout(lookTimeoutMs);
    try {
      const missing: string[] = [];
      for (const { image, digest } of release.content.images) {
        const repository = `${registry}/${image}`;
        if (!(await world.ports.artifacts.has(repository, digest, signal))) missing.push(`${repository}@${digest}`);
      }
      if (missing.length > 0) {
        yield {
          subject,
          level: 'fail',
          detail: `it lost what ${name} runs: ${missing.join(', ')}`,
          remedy:
            promotionId === undefined
              ? `push it again, as its own pipeline does (of the sample: promote local bring ${release.name})`
              : `push it again, or promote ${release.name} anew: promote run ${application} --release ${release.name} --to ${name} --again`,
        };
        continue;
      }
      const closed = await whyClosed(join(world.folders.root, registry));
      yield closed === undefined
        ? {
            subject,
            level: 'ok',
            detail: `holds the ${String(release.content.images.length)} images of ${release.name}`,
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

/** On this machine a registry is a folder. */
async function whyClosed(folder: string): Promise<string | undefined> {
  try {
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    return undefined;
  } catch {
    return 'this account may not write there, so nothing can be promoted into it';
  }
}
