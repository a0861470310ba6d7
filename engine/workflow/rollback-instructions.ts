import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { stepsToCompensate } from './decide.ts';
import { leavesOut } from './left-out.ts';
import type { PromotionRecord } from './promotion.ts';
import { targetStepOf } from './target-step.ts';

const backedUpSchema = z.looseObject({
  commit: z.string(),
  databaseBackup: z.string().nullish(),
  desired: z
    .looseObject({
      release: z.string(),
      services: z.array(z.looseObject({ name: z.string(), repository: z.string(), digest: z.string() })),
    })
    .nullish(),
});
const migratedSchema = z.looseObject({ applied: z.array(z.number()) });

/**
 * What a person types to take a promotion back: the one command that does it all, or everything by hand in the order in
 * which it is safe, and the command that has it verified. From what was stored before anything changed, so that nobody
 * has to be asked for it.
 */
export function rollbackInstructions(record: PromotionRecord): readonly string[] {
  const { id, rollback } = record;
  const undone = stepsToCompensate(record).join(', ');
  const confirmation = `promote rollback --confirm ${id}    # once it was taken back by hand: verifies what runs, and ends it`;
  if (rollback !== undefined) {
    return [
      `promote retry ${id}    # goes on taking it back (${undone === '' ? 'the verification' : undone}), once the cause is removed`,
      ...byHand(record),
      confirmation,
    ];
  }
  return [
    `promote rollback ${id} --yes    # takes it back: ${undone}`,
    ...byHand(record),
    confirmation,
    `promote retry ${id}    # instead: goes on at the step that failed, once its cause is removed`,
  ];
}

function byHand({ definition, steps, toEnvironment }: PromotionRecord): readonly string[] {
  const backedUp = backedUpSchema.safeParse(targetStepOf(steps)?.output);
  if (!backedUp.success) return [];
  const { commit, desired, databaseBackup } = backedUp.data;
  const { configuration, database } = definition.target;
  const migrated = migratedSchema.safeParse(outputOf(steps, 'migrate-database'));
  const applied = migrated.success ? migrated.data.applied : [];
  return [
    `# by hand, in ${toEnvironment}:`,
    `git checkout ${configuration.branch} && git checkout ${commit} -- ${configuration.path} && git commit -m "Take back" && git push    # in ${configuration.repository}`,
    ...(desired?.services ?? []).map(
      ({ name, repository, digest }) =>
        `# ${name} runs ${repository}@${digest} again (${desired?.release ?? 'the release before'})`,
    ),
    ...(database === undefined || applied.length === 0
      ? []
      : [
          `# ${database}: migrations ${applied.join(', ')} may stay when the release before runs beside them; their down files undo them`,
        ]),
    ...(typeof databaseBackup === 'string'
      ? [
          `# ${database ?? 'the database'} as it was before is the backup ${databaseBackup}; putting it back discards what was written since`,
        ]
      : []),
    ...(database !== undefined && leavesOut(definition, 'back-up')
      ? [`# ${database}: the rules leave out back-up, so there is none that could be put back`]
      : []),
  ];
}

function outputOf(steps: PromotionRecord['steps'], name: string): JsonObject | undefined {
  return steps.find((step) => step.name === name)?.output;
}
