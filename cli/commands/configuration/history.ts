import { z } from 'zod';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { configurationHistoryJson } from '../../json/configuration-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { positiveInteger } from '../../option-values.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { configurationHistoryLines } from '../../render/configuration-lines.ts';
import { showingWait, withInstallation } from '../../with-session.ts';

const optionsSchema = z.object({ env: z.string(), limit: z.number(), json: z.boolean().default(false) });
const defaultLimit = 20;

/** `promote configuration history`: who changed an environment's values, and what. */
export function addConfigurationHistory(group: PromoteCommand, context: CommandContext): void {
  group
    .command('history')
    .description(
      'Lists the commits that changed the values of an environment, each with its author and what it changed.',
    )
    .example('configuration history shop --env staging', 'newest first')
    .example('configuration history shop --env prod --limit 5 --json', 'the last five, for a script')
    .argument('<application>', 'whose values')
    .requiredOption('--env <environment>', 'where, by name or alias')
    .option('--limit <number>', 'at most so many commits', positiveInteger, defaultLimit)
    .json(
      '`{ "environment", "repository", "branch", "path", "isCut", "revisions": [ { "commit", "at", "author", "subject", "promotion", "changes": [ { "setting", "before", "after" } ] } ] }`; values of secrets are masked.',
    )
    .runs(optionsSchema, ({ env, limit, json }, application = '') =>
      withInstallation(context, json, async ({ service, actor }) => {
        const { terminal, clock } = context;
        const history = await showingWait(context, json, 'reading the history', () =>
          service.configurationHistory(actor, { application, environment: env, limit }),
        );
        if (json) writeJson(terminal, configurationHistoryJson(history));
        else terminal.write(`${configurationHistoryLines(history, clock.now(), terminal.paint).join('\n')}\n`);
        return exitCodes.ok;
      }),
    );
}
