import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { decide } from '../decide.ts';
import { exitCodes } from '../exit-code.ts';
import { promotionShape } from '../json-shapes.ts';
import { someText } from '../option-values.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { promotionHeader } from '../render/promotion-header.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({ as: z.string().optional(), comment: z.string(), json: z.boolean().default(false) });

/** `promote reject`: one person's no, which ends the promotion. */
export function addReject(program: PromoteCommand, context: CommandContext): void {
  program
    .command('reject')
    .description('Rejects a promotion that waits for approval, which ends it before it has changed anything.')
    .example('reject pr-7f3a --comment "not before Monday"', 'reject it and say why')
    .example('reject pr-7f3a --comment "wrong image" --json', 'the same, for a program')
    .argument('<promotion>', 'its id')
    .needs('--comment <text>', 'why; whoever asked for it reads this', someText)
    .speaksFor()
    .json(promotionShape)
    .runs(optionsSchema, ({ comment, json, as }, promotionId = '') =>
      withInstallation(context, { json, as }, async (session) => {
        const { terminal } = context;
        await decide(context, session, {
          promotionId,
          decision: 'rejected',
          comment,
          isJson: json,
          say: (view) => [
            promotionHeader(view, terminal.paint),
            terminal.paint.red(`✖ Rejected by ${printable(session.actor.id)}: ${printable(comment)}`),
          ],
        });
        return exitCodes.ok;
      }),
    );
}
