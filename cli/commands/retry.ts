import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes, type Wish } from '../exit-code.ts';
import { followPromotion } from '../follow-promotion.ts';
import { followShape } from '../json-shapes.ts';
import { leaveRunning } from '../leave-running.ts';
import { acknowledgeText, refuseWithoutReason } from '../override-options.ts';
import { someText } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({
  as: z.string().optional(),
  acceptLoss: z.boolean().default(false),
  anew: z.boolean().default(false),
  force: z.boolean().default(false),
  reason: z.string().optional(),
  acknowledge: z.string().optional(),
  wait: z.boolean(),
  json: z.boolean().default(false),
});

/** `promote retry`: takes up what failed, at the step that failed. */
export function addRetry(program: PromoteCommand, context: CommandContext): void {
  program
    .command('retry')
    .description('Takes a failed promotion, or a failed rollback, up again at the step that failed, and follows it.')
    .example('retry pr-7f3a', 'try again')
    .example('retry pr-7f3a --accept-loss', 'take it back even if what was written since is lost')
    .argument('<promotion>', 'its id')
    .option('--accept-loss', 'let a rollback discard what its error names')
    .option('--anew', 'let the engine take back after all what somebody had said was taken back by hand')
    .option('--force', 'overrule the validation that failed, for the reason given; the rules say who may')
    .option('--reason <text>', 'why it is overruled', someText)
    .option('--acknowledge <reason>', acknowledgeText, someText)
    .option('--no-wait', 'only ask for it; exit code 4 says that it runs by itself')
    .speaksFor()
    .json(followShape)
    .runs(optionsSchema, (options, promotionId = '') => {
      refuseWithoutReason(options);
      return withInstallation(context, options, async (session) => {
        const isJson = options.json;
        const retried = await session.service.retry(session.actor, promotionId, {
          acceptsDataLoss: options.acceptLoss,
          takesBackAnew: options.anew,
          forces: options.force,
          reason: options.reason,
          acknowledges: options.acknowledge,
        });
        const wish: Wish = retried.rollback === undefined ? 'promote' : 'take-back';
        if (options.wait) return followPromotion(context, session, { promotionId, wish, isJson });
        await leaveRunning(context, session, promotionId, isJson);
        return exitCodes.waiting;
      });
    });
}
