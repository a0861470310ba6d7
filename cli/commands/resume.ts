import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { writeJson } from '../json/write-json.ts';
import { someText } from '../option-values.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({ as: z.string().optional(), env: z.string(), json: z.boolean().default(false) });

/** `promote resume`: ends the pause that a rollback puts on auto-promotion. */
export function addResume(program: PromoteCommand, context: CommandContext): void {
  const { terminal } = context;
  program
    .command('resume')
    .description('Lets verified releases move into an environment by themselves again, which a rollback stops.')
    .example('resume shop --env staging', 'after the cause of the rollback is found')
    .example('resume shop --env staging --json', 'the same, for a program')
    .argument('<application>', 'whose releases')
    .needs('--env <environment>', 'the environment they move into, by name or alias', someText)
    .speaksFor()
    .json('`{ "application", "environment" }`.')
    .runs(optionsSchema, ({ as, env, json }, application = '') =>
      withInstallation(context, { json, as }, async (session) => {
        const resumed = await session.service.resumeAutoPromotion(session.actor, { application, environment: env });
        if (json) writeJson(terminal, resumed);
        else {
          terminal.write(
            `${terminal.paint.green('✔')} Verified releases of ${printable(resumed.application)} move into ${printable(resumed.environment)} by themselves again.\n`,
          );
        }
        return exitCodes.ok;
      }),
    );
}
