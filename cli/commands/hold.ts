import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { writeJson } from '../json/write-json.ts';
import { instantText } from '../../engine/promotion-service.ts';
import { comingInstant } from '../option-instants.ts';
import { someText } from '../option-values.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { UsageError } from '../usage-error.ts';
import { withSession } from '../with-session.ts';

const optionsSchema = z.object({
  as: z.string().optional(),
  all: z.boolean().default(false),
  env: z.string(),
  reason: z.string(),
  until: z.date().optional(),
  json: z.boolean().default(false),
});

/** `promote hold`: pins an environment to its release. */
export function addHold(program: PromoteCommand, context: CommandContext): void {
  const { terminal, clock, invocation } = context;
  program
    .command('hold')
    .description(
      'Pins an environment to the release that it runs, so that nothing but rollbacks goes into it until it is released.',
    )
    .example('hold shop --env prod --reason "incident 4711"', 'until somebody releases it')
    .example('hold --all --env prod --reason "data centre move" --until 2h', 'every application, for two hours')
    .argument('[application]', 'what is held there')
    .option('--all', 'every application')
    .needs('--env <environment>', 'the environment, by name or alias', someText)
    .needs('--reason <text>', 'why, for whoever has to wait', someText)
    .option('--until <moment>', 'when it ends by itself: 2h, 18:00, 2026-12-20T18:00', (text: string) =>
      comingInstant(text, clock.now()),
    )
    .speaksFor()
    .json('`{ "application", "environment", "reason", "heldBy", "since", "until" }`; `application` is `*` for all.')
    .runs(optionsSchema, ({ as, all, env, reason, until, json }, word) => {
      const application = heldApplication(word, all);
      return withSession(context, { json, as }, async ({ service, actor }) => {
        const hold = await service.hold(actor, { application, environment: env, reason, until });
        if (json) {
          writeJson(terminal, { ...hold, until: hold.until ?? null });
          return exitCodes.ok;
        }
        const what = application === '*' ? 'every application' : printable(application);
        const end = hold.until === undefined ? 'until it is released' : `until ${instantText(hold.until)}`;
        const again = `${invocation} unhold ${application === '*' ? '--all' : printable(application)} --env ${printable(hold.environment)}`;
        terminal.write(
          `${terminal.paint.yellow('■')} ${printable(hold.environment)} is held for ${what}, ${end}.\nNext:  ${again}\n`,
        );
        return exitCodes.ok;
      });
    });
}

/** @throws UsageError when it is not clear which application is meant */
export function heldApplication(word: string | undefined, isAll: boolean): string {
  if (isAll && word !== undefined) throw new UsageError('name an application or give --all, not both');
  if (isAll) return '*';
  if (word === undefined) throw new UsageError('name an application, or give --all for every one');
  return word;
}
