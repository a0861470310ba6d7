import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { confirm } from '../confirm.ts';
import { exitCodes } from '../exit-code.ts';
import { followPromotion } from '../follow-promotion.ts';
import { followShape } from '../json-shapes.ts';
import { leaveRunning } from '../leave-running.ts';
import { someText } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { rollbackPlanLines } from '../render/rollback-plan-lines.ts';
import type { Session } from '../session.ts';
import { UsageError } from '../usage-error.ts';
import { withSession } from '../with-session.ts';

const optionsSchema = z.object({
  as: z.string().optional(),
  env: z.string().optional(),
  reason: z.string().optional(),
  acceptLoss: z.boolean().default(false),
  yes: z.boolean().default(false),
  wait: z.boolean(),
  json: z.boolean().default(false),
});

const promotionId = /^pr-[0-9a-f]+$/;

/** `promote rollback`: takes a promotion back, after showing what that means. */
export function addRollback(program: PromoteCommand, context: CommandContext): void {
  program
    .command('rollback')
    .description('Takes a promotion back, or the newest one of an environment, after showing what that undoes.')
    .example('rollback pr-7f3a', 'take this promotion back')
    .example('rollback shop --env staging --yes', 'take back what changed staging last, without being asked')
    .argument('<promotion-or-application>', 'the id of a promotion, or an application together with --env')
    .option('--env <environment>', 'take back what changed this environment of the application last', someText)
    .option('--reason <text>', 'why, for the audit trail', someText)
    .option('--accept-loss', 'also undo what discards rows or values written since')
    .option('--yes', 'do not ask for confirmation')
    .option('--no-wait', 'only ask for it; exit code 4 says that it runs by itself')
    .speaksFor()
    .json(followShape)
    .runs(optionsSchema, (options, word = '') => {
      const isJson = options.json;
      const isPromotion = promotionId.test(word);
      if (isPromotion && options.env !== undefined) {
        throw new UsageError(`${word} is a promotion and has its environment; leave --env out`);
      }
      if (!isPromotion && options.env === undefined) {
        throw new UsageError(`say which environment of ${word} to roll back, with --env, or name a promotion (pr-…)`);
      }
      return withSession(context, options, async (session) => {
        const id = await promotionMeant(session, word, options.env);
        const view = await session.service.view(session.actor, id);
        const { terminal } = context;
        if (!isJson) terminal.write(`${rollbackPlanLines(view, options.acceptLoss, terminal.paint).join('\n')}\n\n`);
        const isSure = await confirm(context, 'Roll back?', { isJson, yes: options.yes });
        if (!isSure) {
          terminal.write('Nothing was changed.\n');
          return exitCodes.failed;
        }
        const promotion = await session.service.rollBack(session.actor, {
          promotionId: id,
          reason: options.reason ?? `rolled back by ${session.actor.id}`,
          acceptsDataLoss: options.acceptLoss,
        });
        if (options.wait)
          return followPromotion(context, session, { promotionId: promotion, wish: 'take-back', isJson });
        await leaveRunning(context, session, promotion, isJson);
        return exitCodes.waiting;
      });
    });
}

async function promotionMeant(session: Session, word: string, environment: string | undefined): Promise<string> {
  if (environment === undefined) return word;
  return (await session.service.newestPromotion(session.actor, word, environment)).id;
}
