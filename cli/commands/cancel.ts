import { z } from 'zod';
import { isEndState } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { promotionShape } from '../json-shapes.ts';
import { promotionJson } from '../json/promotion-json.ts';
import { writeJson } from '../json/write-json.ts';
import { someText } from '../option-values.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { promotionHeader } from '../render/promotion-header.ts';
import { withSession } from '../with-session.ts';

const optionsSchema = z.object({ reason: z.string().optional(), json: z.boolean().default(false) });

/** `promote cancel`: stops a promotion that has not ended. */
export function addCancel(program: PromoteCommand, context: CommandContext): void {
  program
    .command('cancel')
    .description('Stops a promotion that has not ended, and takes back what it has changed.')
    .example('cancel pr-7f3a', 'stop it')
    .example('cancel pr-7f3a --reason "wrong release"', 'stop it and say why')
    .argument('<promotion>', 'its id')
    .option('--reason <text>', 'why, for the audit trail', someText)
    .json(promotionShape)
    .runs(optionsSchema, ({ reason, json }, promotionId = '') =>
      withSession(context, json, async (session) => {
        const { service, actor } = session;
        const because = reason ?? `cancelled by ${actor.id}`;
        const cancelled = await service.cancel(actor, promotionId, because);
        const view = await service.view(actor, promotionId);
        const { terminal, invocation } = context;
        if (json) {
          writeJson(terminal, promotionJson(cancelled, view.release.name));
          return exitCodes.ok;
        }
        const hasEnded = isEndState(view.promotion.state);
        const words = hasEnded ? 'Cancelled.' : 'Asked to stop; what it has changed is taken back.';
        const lines = [
          promotionHeader(view, terminal.paint),
          `  ${words}`,
          ...(hasEnded ? [] : [`Next:  ${invocation} logs ${printable(promotionId)} --follow`]),
        ];
        terminal.write(`${lines.join('\n')}\n`);
        return exitCodes.ok;
      }),
    );
}
