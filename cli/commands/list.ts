import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { promotionJson } from '../json/promotion-json.ts';
import { writeJson } from '../json/write-json.ts';
import { positiveInteger } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { withReleaseNames } from '../release-names.ts';
import { listLines } from '../render/list-lines.ts';
import { takenBackSince } from '../taken-back.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({
  application: z.string().optional(),
  env: z.string().optional(),
  active: z.boolean().default(false),
  limit: z.number(),
  json: z.boolean().default(false),
});

const defaultLimit = 20;

/** `promote list`: promotions, newest first. */
export function addList(program: PromoteCommand, context: CommandContext): void {
  program
    .command('list')
    .description('Lists promotions, newest first.')
    .example('list --env staging', 'what was promoted to staging')
    .example('list --application shop --active', 'what is on its way for one application')
    .option('--application <name>', 'only of this application')
    .option('--env <environment>', 'only into this environment')
    .option('--active', 'only those that have not ended')
    .option('--limit <number>', 'at most so many', positiveInteger, defaultLimit)
    .json('`{ "promotions": [ … ] }`, each a promotion with `takenBackBy`, the rollback that took it back since.')
    .runs(optionsSchema, ({ application, env, active, limit, json }) =>
      withInstallation(context, json, async (session) => {
        const promotions = await session.service.list(session.actor, {
          ...(application === undefined ? {} : { application }),
          ...(env === undefined ? {} : { environment: env }),
          ...(active ? { isActive: true } : {}),
          limit,
        });
        const named = await withReleaseNames(session, promotions);
        const { terminal, clock } = context;
        if (json) {
          const takenBack = takenBackSince(promotions);
          writeJson(terminal, {
            promotions: named.map(({ promotion, release }) => ({
              ...promotionJson(promotion, release),
              takenBackBy: takenBack.get(promotion.id) ?? null,
            })),
          });
        } else {
          const isAnyAsked = active || application !== undefined || env !== undefined;
          terminal.write(`${listLines(named, clock.now(), terminal.paint, isAnyAsked).join('\n')}\n`);
        }
        return exitCodes.ok;
      }),
    );
}
