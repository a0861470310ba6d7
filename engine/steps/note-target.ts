import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { defineStep } from '../workflow/step-definition.ts';
import { targetNote } from './target-before.ts';

/**
 * Stands in for the back-up where the rules leave it out. Keeps with the promotion, and nowhere else, what its own steps
 * need to take back what they moved: git commit, desired deployment and flags. No row of a database is in it, so there is
 * nothing that could be restored.
 */
export const noteTarget = defineStep({
  name: 'note-target',
  version: 1,
  oldestVersion: 1,
  phase: 'move',
  title: 'target noted',
  isOptional: false,
  configSchema: z.object({}),
  async run({ promotion, ports, effect }) {
    const { target, steps } = promotion.definition;
    const { repository, branch } = target.configuration;
    const configuration = ports.configuration(repository);
    const commit = await configuration.head(branch, effect.signal);
    const status = await ports.deployment.status(target.name, effect.signal);
    const movesFlags = steps.some(({ name }) => name === 'promote-flags');
    const flags = movesFlags ? (await ports.flags.read(target.name, effect.signal)).flags : [];
    return {
      kind: 'done',
      summary: `commit ${commit.slice(0, 7)}; nothing is backed up, as the rules say`,
      output: {
        commit,
        repository: configuration.address,
        ...targetNote(status),
        flags: JSON.parse(JSON.stringify(flags)) as JsonObject[],
      },
    };
  },
});
