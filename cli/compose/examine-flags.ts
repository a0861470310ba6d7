import { environmentTarget } from '../../engine/workflow/compile-target.ts';
import type { DoctorFinding } from '../session.ts';
import { lookTimeoutMs, reasonOf, runningPlaces, type DoctorWorld } from './doctor-world.ts';

/** Whether every environment still has the flags that its release brought: without them, services go by what they have. */
export async function* examineFlags(world: DoctorWorld): AsyncIterable<DoctorFinding> {
  for (const { application, name, release, promotionId } of await runningPlaces(world)) {
    const wanted = release?.content.flags ?? [];
    // A pipeline of the team's own may bring none: only what a promotion brought can be missed.
    if (release === undefined || promotionId === undefined || wanted.length === 0) continue;
    if (!environmentTarget(world.rules, application, name).hasFlags) continue;
    const subject = `flags · ${name}`;
    try {
      const { flags } = await world.ports.flags.read(name, AbortSignal.timeout(lookTimeoutMs));
      const lost = wanted.map(({ key }) => key).filter((key) => !flags.some((flag) => flag.key === key));
      if (lost.length === 0) {
        yield { subject, level: 'ok', detail: `has the ${String(wanted.length)} flags of ${release.name}` };
        continue;
      }
      const again = `promote run ${application} --release ${release.name} --to ${name} --again brings their definitions`;
      const detail = `lost what ${release.name} brought: ${lost.join(', ')}`;
      yield { subject, level: 'fail', detail, remedy: `put the flags back from a copy, or ${again}` };
    } catch (error) {
      const remedy = 'correct the file, or put it back from a copy';
      yield { subject, level: 'fail', detail: `cannot be read: ${reasonOf(error)}`, remedy };
    }
  }
}
