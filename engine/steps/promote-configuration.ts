import { z } from 'zod';
import { renderConfiguration } from '../configuration/render-configuration.ts';
import { defineStep } from '../workflow/step-definition.ts';

export const backUpOutputSchema = z.looseObject({ commit: z.string() });

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
    const { repository, branch, path } = promotion.definition.target.configuration;
    const configuration = ports.configuration(repository);
    const { commit: base } = backUpOutputSchema.parse(output('back-up'));
    const before = await configuration.read(base, path, effect.signal);
    if (before === undefined) throw new Error(`${path} is missing on branch ${branch}`);
    const { text, changed } = renderConfiguration(before, { name: release.name, ...release.content });
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
    for (const line of (await configuration.diff(base, commit, path, effect.signal)).split('\n')) log(line);
    const count = String(changed.length);
    return {
      kind: 'done',
      summary: `${count} ${changed.length === 1 ? 'value' : 'values'} changed in ${path}`,
      output: { commit, base },
    };
  },
  async compensate({ promotion, ports, effect }) {
    const { repository, branch } = promotion.definition.target.configuration;
    // The proposal stays on its own ref, where it moves nothing; whoever ran before can no longer write.
    await ports.configuration(repository).fence(branch, effect);
    return { kind: 'done', summary: 'the proposed commit stays on its own ref', output: {} };
  },
});

/** The author of the engine's commits; the time is the promotion's, so that the same change is the same commit. */
export function commitAuthor(at: Date): { readonly name: string; readonly email: string; readonly at: Date } {
  return { name: 'Promotion Process', email: 'promotion-process@localhost', at };
}
