import { z } from 'zod';
import { flagDefinitionSchema } from '../release.ts';
import { mergeFlags } from '../flags/merge-flags.ts';
import { defineStep } from '../workflow/step-definition.ts';
import { backUpFolder } from './back-up-folder.ts';

const plannedFlagsSchema = z.looseObject({
  flags: z.looseObject({ added: z.array(z.string()), changed: z.array(z.string()) }),
});
const backedUpFlagsSchema = z.looseObject({
  flags: z.looseObject({ flags: z.array(flagDefinitionSchema.loose()) }).nullable(),
});

/** Brings the release's flag definitions; what is on, and for how many, stays the environment's own. */
export const promoteFlags = defineStep({
  name: 'promote-flags',
  version: 1,
  oldestVersion: 1,
  phase: 'move',
  title: 'flags',
  isOptional: false,
  configSchema: z.object({}),
  async run({ promotion, release, ports, effect }) {
    const environment = promotion.toEnvironment;
    // Before they are read: what a run that was overtaken could still write is then written, or never will be.
    await ports.flags.fence(environment, effect);
    const current = await ports.flags.read(environment, effect.signal);
    const { flags, added, changed } = mergeFlags(current.flags, release.content.flags);
    if (added.length + changed.length > 0) await ports.flags.write(environment, flags, current.revision, effect);
    const summary =
      added.length + changed.length === 0
        ? 'unchanged'
        : `${String(added.length)} new, ${String(changed.length)} changed`;
    return { kind: 'done', summary, output: { added: [...added], changed: [...changed] } };
  },
  async compensate({ promotion, ports, queries, effect }) {
    const environment = promotion.toEnvironment;
    const plan = promotion.planHash === undefined ? undefined : await queries.plan(promotion.planHash);
    const text = await ports.documents.read(
      backUpFolder(promotion.rollbackOf ?? promotion.id),
      'backup.json',
      effect.signal,
    );
    if (plan === undefined || text === undefined)
      throw new Error('the backup of the flags is missing; restore them by hand');
    const planned = plannedFlagsSchema.parse(plan.body).flags;
    const before = backedUpFlagsSchema.parse(JSON.parse(text)).flags?.flags ?? [];
    await ports.flags.fence(environment, effect);
    const current = await ports.flags.read(environment, effect.signal);
    const restored = current.flags
      .filter((flag) => !planned.added.includes(flag.key))
      .map((flag) => {
        const old = planned.changed.includes(flag.key) ? before.find(({ key }) => key === flag.key) : undefined;
        // Switches that people moved meanwhile stay as they are.
        return old === undefined ? flag : { ...flag, description: old.description, defaultEnabled: old.defaultEnabled };
      });
    if (JSON.stringify(restored) !== JSON.stringify(current.flags)) {
      await ports.flags.write(environment, restored, current.revision, effect);
    }
    const removed = current.flags.length - restored.length;
    return { kind: 'done', summary: `${String(removed)} definitions removed`, output: {} };
  },
});
