import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { writeJson } from '../json/write-json.ts';
import { someText } from '../option-values.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { withInstallation } from '../with-session.ts';
import { heldApplication } from './hold.ts';

const optionsSchema = z.object({
  as: z.string().optional(),
  all: z.boolean().default(false),
  env: z.string(),
  json: z.boolean().default(false),
});

/** `promote unhold`: lets promotions into an environment again. */
export function addUnhold(program: PromoteCommand, context: CommandContext): void {
  const { terminal } = context;
  program
    .command('unhold')
    .description('Releases an environment that was held; what waited for that goes on by itself.')
    .example('unhold shop --env prod', 'of one application')
    .example('unhold --all --env prod', 'what was held for every application')
    .argument('[application]', 'what is held there')
    .option('--all', 'the hold for every application')
    .needs('--env <environment>', 'the environment, by name or alias', someText)
    .speaksFor()
    .json('`{ "application", "environment" }`.')
    .runs(optionsSchema, ({ as, all, env, json }, word) => {
      const application = heldApplication(word, all);
      return withInstallation(context, { json, as }, async (session) => {
        await session.service.unhold(session.actor, { application, environment: env });
        await session.tick();
        const what = application === '*' ? 'every application' : printable(application);
        if (json) writeJson(terminal, { application, environment: env });
        else terminal.write(`${terminal.paint.green('✔')} ${printable(env)} is open for ${what} again.\n`);
        return exitCodes.ok;
      });
    });
}
