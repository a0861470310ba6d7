import { z } from 'zod';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { writeJson } from '../../json/write-json.ts';
import { positiveInteger } from '../../option-values.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { pruneLines } from '../../render/prune-lines.ts';
import { UsageError } from '../../usage-error.ts';
import { withInstallation } from '../../with-session.ts';

const optionsSchema = z.object({
  olderThan: z.number().optional(),
  logsOlderThan: z.number().optional(),
  yesDelete: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `promote audit prune`: removes what is older than it has to be kept. */
export function addAuditPrune(group: PromoteCommand, context: CommandContext): void {
  group
    .command('prune')
    .description(
      'Removes promotions that ended long ago with their whole chains, behind a signed checkpoint so that audit verify still passes, or the lines that their steps wrote; never what runs, what brought what runs now, or what a rollback needs.',
    )
    .example('audit prune --older-than 730', 'show what would be removed')
    .example('audit prune --older-than 730 --logs-older-than 60 --yes-delete', 'remove it')
    .option(
      '--older-than <days>',
      'promotions that ended so long ago; not less than the rules keep them',
      positiveInteger,
    )
    .option('--logs-older-than <days>', "likewise, only their steps' lines", positiveInteger)
    .option('--yes-delete', 'remove it; without this word nothing is removed')
    .json(
      '`{ "isRemoved", "chains": [ { "promotionId", "application", "environment", "entries" } ], "kept", "logs" }`.',
    )
    .runs(optionsSchema, ({ olderThan, logsOlderThan, yesDelete, json }) => {
      if (olderThan === undefined && logsOlderThan === undefined) {
        throw new UsageError('give --older-than, --logs-older-than or both, in days');
      }
      return withInstallation(context, json, async (session) => {
        const pruned = await session.prune({
          chainsOlderThanDays: olderThan,
          logsOlderThanDays: logsOlderThan,
          isDryRun: !yesDelete,
        });
        const { terminal } = context;
        if (json) {
          const chains = pruned.chains.map(({ promotionId, application, environment, seq }) => {
            return { promotionId, application, environment, entries: seq };
          });
          writeJson(terminal, { isRemoved: yesDelete, chains, kept: pruned.kept, logs: pruned.logs ?? null });
        } else terminal.write(`${pruneLines(pruned, yesDelete, terminal.paint).join('\n')}\n`);
        return exitCodes.ok;
      });
    });
}
