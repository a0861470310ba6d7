import { z } from 'zod';
import { isEndState, stepsToCompensate } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { promotionJson } from '../json/promotion-json.ts';
import { writeJson } from '../json/write-json.ts';
import { someText } from '../option-values.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { cancelLines } from '../render/cancel-lines.ts';
import { promotionHeader } from '../render/promotion-header.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({
  as: z.string().optional(),
  reason: z.string().optional(),
  json: z.boolean().default(false),
});

/** `promote cancel`: stops a promotion that has not ended. */
export function addCancel(program: PromoteCommand, context: CommandContext): void {
  program
    .command('cancel')
    .description(
      'Stops a promotion that has not ended: one that has changed nothing yet just ends, any other takes back what it did.',
    )
    .example('cancel pr-7f3a', 'stop it; it says which of the two happens')
    .example('cancel pr-7f3a --reason "wrong release"', 'stop it and say why')
    .argument('<promotion>', 'its id')
    .option('--reason <text>', 'why, for the audit trail', someText)
    .speaksFor()
    .json('One promotion, with `takesBack`: the steps that are undone, the last first; none when it just ends.')
    .runs(optionsSchema, ({ reason, json, as }, promotionId = '') =>
      withInstallation(context, { json, as }, async (session) => {
        const { service, actor } = session;
        const because = reason ?? `cancelled by ${actor.id}`;
        const cancelled = await service.cancel(actor, promotionId, because);
        const view = await service.view(actor, promotionId);
        const { terminal, invocation } = context;
        if (json) {
          const takesBack = stepsToCompensate(cancelled);
          writeJson(terminal, { ...promotionJson(cancelled, view.release.name), takesBack });
          return exitCodes.ok;
        }
        const lines = [
          promotionHeader(view, terminal.paint),
          ...cancelLines(cancelled, view.promotion).map((line) => `  ${line}`),
          ...(isEndState(view.promotion.state) ? [] : [`Next:  ${invocation} logs ${printable(promotionId)} --follow`]),
        ];
        terminal.write(`${lines.join('\n')}\n`);
        return exitCodes.ok;
      }),
    );
}
