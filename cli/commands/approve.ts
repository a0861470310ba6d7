import { z } from 'zod';
import { missingApprovals, type PromotionView } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import { decide } from '../decide.ts';
import { exitCodes } from '../exit-code.ts';
import { promotionShape } from '../json-shapes.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { planLines } from '../render/plan-lines.ts';
import { promotionHeader } from '../render/promotion-header.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({
  as: z.string().optional(),
  comment: z.string().optional(),
  json: z.boolean().default(false),
});

/** `promote approve`: one person's yes to the plan as it is now. */
export function addApprove(program: PromoteCommand, context: CommandContext): void {
  program
    .command('approve')
    .description('Approves the plan of a promotion that waits for it; whoever asked for it or wrote the change cannot.')
    .example('approve pr-7f3a', 'approve it')
    .example('approve pr-7f3a --comment "tried it in staging"', 'approve it and say why')
    .argument('<promotion>', 'its id')
    .option('--comment <text>', 'kept with the approval')
    .speaksFor()
    .json(promotionShape)
    .runs(optionsSchema, ({ comment, json, as }, promotionId = '') =>
      withInstallation(context, { json, as }, async (session) => {
        const { terminal, invocation } = context;
        await decide(context, session, {
          promotionId,
          decision: 'approved',
          comment,
          isJson: json,
          say: (view) => [
            promotionHeader(view, terminal.paint),
            ...planLines(view),
            terminal.paint.green(`✔ Approved by ${printable(session.actor.id)}.`),
            ...missingLines(view),
            `Next:  ${invocation} logs ${printable(promotionId)} --follow`,
          ],
        });
        return exitCodes.ok;
      }),
    );
}

/** Who else must approve; a yes alone does not say whether it was the last one. */
function missingLines({ promotion, release, votes }: PromotionView): readonly string[] {
  const missing = missingApprovals(promotion, release, votes);
  const lines = missing.length === 0 ? ['every approval is given; it goes on by itself'] : missing;
  return lines.map((line) => `  ${printable(line)}`);
}
