import { z } from 'zod';
import { commitAuthor } from '../configuration/commit-author.ts';
import { withMaskedValues } from '../configuration/configuration-changes.ts';
import { renderConfiguration } from '../configuration/render-configuration.ts';
import { ConfigurationInvalidError, configurationProblems } from '../configuration/validate-configuration.ts';
import { defineStep } from '../workflow/step-definition.ts';
import { backUpOutputSchema } from './back-up-output.ts';

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
  async run({ promotion, release, ports, effect, output, log }) {
    const { target } = promotion.definition;
    const { repository, branch, path } = target.configuration;
    const configuration = ports.configuration(repository);
    const { commit: base } = backUpOutputSchema.parse(output('back-up'));
    const before = await configuration.read(base, path, effect.signal);
    if (before === undefined) throw new Error(`${path} is missing on branch ${branch}`);
    const { text, changed } = renderConfiguration(before, { name: release.name, ...release.content });
    // Seen when it was planned already; what is committed is judged by what was just rendered.
    const problems = await configurationProblems(
      configuration,
      target.configuration,
      base,
      text,
      release.content.configuration,
      effect.signal,
    );
    if (problems.length > 0) throw new ConfigurationInvalidError(problems);
    const commit =
      text === before
        ? base
        : await configuration.propose(
            branch,
            {
              change: promotion.id,
              base,
              files: [{ path, content: text }],
              message: `Promote ${promotion.application} ${release.name} to ${promotion.toEnvironment}\n\nPromotion: ${promotion.id}\n`,
              author: commitAuthor(promotion.createdAt),
            },
            effect,
          );
    for (const each of withMaskedValues(changed)) {
      log(`${each.path}: ${String(each.before ?? 'unset')} → ${String(each.after)}`);
    }
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
