import { z } from 'zod';
import { flagChanges, flagTexts } from '../../engine/flags/flag-changes.ts';
import type { Flag } from '../../engine/flags/flag-store.ts';
import type { ChangeEntry } from '../../engine/workflow/environment-record.ts';
import { environmentTarget } from '../../engine/workflow/compile-target.ts';
import type { DoctorFinding } from '../session.ts';
import { lookTimeoutMs, reasonOf, runningPlaces, type DoctorWorld } from './doctor-world.ts';

const outputSchema = z.looseObject({ after: z.record(z.string(), z.string()) });

/** What is not as the promotion left it. What it left is not known where it promoted no flags. */
async function changedSince(
  { store }: DoctorWorld,
  promotionId: string,
  flags: readonly Flag[],
): Promise<readonly ChangeEntry[]> {
  const promotion = await store.load(promotionId);
  const output = promotion?.steps.find(({ name }) => name === 'promote-flags')?.output;
  const left = outputSchema.safeParse(output);
  if (!left.success) return [];
  const { after } = left.data;
  return flagChanges(after, flagTexts(flags, Object.keys(after)));
}

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
      const changed = lost.length > 0 ? [] : await changedSince(world, promotionId, flags);
      if (changed.length > 0) {
        const what = changed.map(({ subject: key, before = 'not there', after = 'not there' }) => {
          return `${key} (${before} → ${after})`;
        });
        yield {
          subject,
          level: 'warn',
          detail: `somebody changed what ${promotionId} left there: ${what.join('; ')}`,
          remedy: `switch it back where flags are kept, if nobody meant it; a promotion only switches what the rules or the release list`,
        };
        continue;
      }
      if (lost.length === 0) {
        yield {
          subject,
          level: 'ok',
          detail: `has the ${wanted.length === 1 ? 'flag' : `${String(wanted.length)} flags`} of ${release.name}`,
        };
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
