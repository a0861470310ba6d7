import { z } from 'zod';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { configurationDiffJson } from '../../json/configuration-json.ts';
import { writeJson } from '../../json/write-json.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { configurationDiffLines } from '../../render/configuration-lines.ts';
import { UsageError } from '../../usage-error.ts';
import { withInstallation } from '../../with-session.ts';

const optionsSchema = z.object({
  env: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  against: z.string().optional(),
  json: z.boolean().default(false),
});

/** `promote configuration diff`: what differs between two versions of the values, or between two environments. */
export function addConfigurationDiff(group: PromoteCommand, context: CommandContext): void {
  group
    .command('diff')
    .description(
      'Shows what the newest change made of the values of an environment, or what differs between two versions.',
    )
    .example('configuration diff shop --env staging --to pr-7f3a', 'what a promotion changed')
    .example('configuration diff shop --env production --against staging', 'how two environments differ')
    .argument('<application>', 'whose values')
    .requiredOption('--env <environment>', 'where, by name or alias')
    .option('--from <version>', 'a commit, by the beginning of its id, or a promotion (default: what came before)')
    .option('--to <version>', 'likewise (default: the newest)')
    .option('--against <environment>', 'compare with another environment as it is now')
    .json('`{ "from", "to", "changes": [ { "setting", "before", "after" } ] }`; values of secrets are masked.')
    .runs(optionsSchema, ({ env, from, to, against, json }, application = '') => {
      if (from !== undefined && against !== undefined) throw new UsageError('give either --from or --against');
      return withInstallation(context, json, async ({ service, actor }) => {
        const { terminal } = context;
        const diff = await service.configurationDiff(actor, { application, environment: env, from, to, against });
        if (json) writeJson(terminal, configurationDiffJson(diff));
        else terminal.write(`${configurationDiffLines(diff, terminal.paint).join('\n')}\n`);
        return exitCodes.ok;
      });
    });
}
