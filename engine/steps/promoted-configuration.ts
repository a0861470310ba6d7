import { z } from 'zod';
import { configurationChanges } from '../configuration/configuration-changes.ts';
import type { ChangeEntry } from '../workflow/environment-record.ts';
import type { StepContext } from '../workflow/step-definition.ts';

export const configurationOutputSchema = z.looseObject({
  /** What the promotion proposed; the base itself when nothing changes. */
  commit: z.string(),
  base: z.string(),
});

export interface PromotedConfiguration {
  readonly commit: string;
  readonly base: string;
  /** The environment's values before and with the promotion. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly changes: readonly ChangeEntry[];
}

/** What the promotion makes of its target's configuration. @throws when `promote-configuration` has not finished */
export async function promotedConfiguration(context: StepContext<unknown>): Promise<PromotedConfiguration> {
  const { promotion, ports, effect, output } = context;
  const { repository, path } = promotion.definition.target.configuration;
  const { commit, base } = configurationOutputSchema.parse(output('promote-configuration'));
  const configuration = ports.configuration(repository);
  const before = await configuration.read(base, path, effect.signal);
  const after = await configuration.read(commit, path, effect.signal);
  return { commit, base, before, after, changes: configurationChanges(before, after) };
}
