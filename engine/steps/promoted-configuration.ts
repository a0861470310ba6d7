import { z } from 'zod';
import { configurationChanges } from '../configuration/configuration-changes.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import { leavesOut } from '../workflow/left-out.ts';
import type { StepContext } from '../workflow/step-definition.ts';
import { targetBefore } from './target-before.ts';

const proposalSchema = z.looseObject({
  /** What the promotion proposed; the base itself when nothing changes. */
  commit: z.string(),
  base: z.string(),
});
type Proposal = z.infer<typeof proposalSchema>;
/** Of `deploy`, where it commits the images itself because the rules leave out `promote-configuration`. */
const deployedSchema = z.looseObject({ configuration: proposalSchema });

export interface PromotedConfiguration {
  readonly commit: string;
  readonly base: string;
  /** The environment's values before and with the promotion. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly changes: readonly ChangeEntry[];
}

/** What the promotion makes of its target's configuration, as far as that is known already. */
export async function promotedConfiguration(context: StepContext<unknown>): Promise<PromotedConfiguration> {
  const { promotion, ports, effect } = context;
  const { repository, path } = promotion.definition.target.configuration;
  const { commit, base } = await proposalOf(context);
  const configuration = ports.configuration(repository);
  const before = await configuration.read(base, path, effect.signal);
  const after = await configuration.read(commit, path, effect.signal);
  return { commit, base, before, after, changes: configurationChanges(before, after) };
}

/** The commit that the release was deployed with. @throws when `deploy` has not finished: a defect of the order of steps. */
export function promotedCommit({ promotion, output }: Pick<StepContext<unknown>, 'promotion' | 'output'>): string {
  if (leavesOut(promotion.definition, 'promote-configuration')) {
    return deployedSchema.parse(output('deploy')).configuration.commit;
  }
  return proposalSchema.parse(output('promote-configuration')).commit;
}

async function proposalOf(context: StepContext<unknown>): Promise<Proposal> {
  const { promotion, ports, effect, output } = context;
  if (!leavesOut(promotion.definition, 'promote-configuration')) {
    return proposalSchema.parse(output('promote-configuration'));
  }
  const deployed = deployedSchema.safeParse(promotion.steps.find(({ name }) => name === 'deploy')?.output);
  if (deployed.success) return deployed.data.configuration;
  // `deploy` did not come to its end, so it has not said what it had proposed.
  const { commit: base } = targetBefore(context);
  const configuration = ports.configuration(promotion.definition.target.configuration.repository);
  const proposed = await configuration.proposed(promotion.rollbackOf ?? promotion.id, effect.signal);
  return { commit: proposed ?? base, base };
}
