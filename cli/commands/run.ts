import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { followPromotion } from '../follow-promotion.ts';
import { followShape } from '../json-shapes.ts';
import { leaveRunning } from '../leave-running.ts';
import { someText } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { showingWait, withSession } from '../with-session.ts';

const optionsSchema = z.object({
  release: z.string(),
  to: z.string(),
  from: z.string().optional(),
  reason: z.string().optional(),
  key: z.string().optional(),
  dryRun: z.boolean().default(false),
  again: z.boolean().default(false),
  wait: z.boolean(),
  json: z.boolean().default(false),
});

/** `promote run`: asks for a promotion and follows it. */
export function addRun(program: PromoteCommand, context: CommandContext): void {
  program
    .command('run')
    .description(
      'Promotes a release of an application to an environment, and follows it until it ends or a person is needed.',
    )
    .example('run shop --release v2 --to staging', 'promote and follow')
    .example('run shop --release v2 --to staging --dry-run', 'show what would be done, and change nothing')
    .argument('<application>', 'what is released')
    .needs('--release <name>', 'the release, by its name', someText)
    .needs('--to <environment>', 'where it is promoted to, by name or alias', someText)
    .option(
      '--from <environment>',
      'where it comes from (default: the only environment from which a path leads there)',
      someText,
    )
    .option('--reason <text>', 'why, for those who approve it and for the audit trail')
    .option('--dry-run', 'check everything, show the plan, change nothing')
    .option('--again', 'promote it even though it runs there already, or ran there before what runs there now')
    .option('--no-wait', 'only ask for it; exit code 4 says that it runs by itself')
    .option('--key <key>', 'the same key again is the same promotion, so that a repeated CI job asks once', someText)
    .json(followShape)
    .runs(optionsSchema, (options, application = '') => {
      const isJson = options.json;
      return withSession(
        context,
        isJson,
        async (session) => {
          const promotionId = await showingWait(context, isJson, 'asking for the promotion', () =>
            session.service.run(session.actor, {
              application,
              release: options.release,
              to: options.to,
              from: options.from,
              reason: options.reason,
              isDryRun: options.dryRun,
              isAgain: options.again,
              idempotencyKey: options.key,
            }),
          );
          if (options.wait) return followPromotion(context, session, { promotionId, wish: 'promote', isJson });
          await leaveRunning(context, session, promotionId, isJson);
          return exitCodes.waiting;
        },
        { needsRules: true },
      );
    });
}
