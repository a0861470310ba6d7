import { z } from 'zod';
import { defineStep } from '../workflow/step-definition.ts';
import { describeValue, proposeConfiguration } from './propose-configuration.ts';

const proposalSchema = z.looseObject({ commit: z.string(), base: z.string() });

/** Renders the release's values into the target's configuration and commits them on a ref of the promotion's own. */
export const promoteConfiguration = defineStep({
  name: 'promote-configuration',
  version: 1,
  oldestVersion: 1,
  phase: 'move',
  title: 'configuration',
  isOptional: false,
  configSchema: z.object({}),
  async run(context) {
    const { path } = context.promotion.definition.target.configuration;
    const { commit, base, changed } = await proposeConfiguration(context);
    for (const each of changed) context.log(describeValue(each));
    const count = String(changed.length);
    return {
      kind: 'done',
      summary: `${count} ${changed.length === 1 ? 'value' : 'values'} changed in ${path}`,
      output: { commit, base },
    };
  },
  async compensate({ promotion, ports, effect }) {
    const { repository, branch, path } = promotion.definition.target.configuration;
    const configuration = ports.configuration(repository);
    // The proposal stays on its own ref, where it moves nothing; whoever ran before can no longer write.
    await configuration.fence(branch, effect);
    const proposed = proposalSchema.safeParse(
      promotion.steps.find(({ name }) => name === 'promote-configuration')?.output,
    );
    const changed = proposed.success && proposed.data.commit !== proposed.data.base ? proposed.data.commit : undefined;
    if (changed === undefined) return { kind: 'done', summary: `no value in ${path} was changed`, output: {} };
    // `deploy`, which is undone before this, has put the values back where they had come into force.
    const head = await configuration.head(branch, effect.signal);
    const wasInForce = await configuration.isAncestor(changed, head, effect.signal);
    const summary = wasInForce
      ? `the values in ${path} are those from before; what people edited since stays`
      : `no value in ${path} had come into force`;
    return { kind: 'done', summary, output: {} };
  },
});
