import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { noteJson } from '../json/people-json.ts';
import { writeJson } from '../json/write-json.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({ as: z.string().optional(), json: z.boolean().default(false) });

/** `promote note`: writes down what was done by hand. */
export function addNote(program: PromoteCommand, context: CommandContext): void {
  program
    .command('note')
    .description("Writes what you did or saw into a promotion's audit trail and its report, such as a change by hand.")
    .example('note pr-7f3a "restarted the cache by hand"', 'while it runs, or after it has ended')
    .example('note pr-7f3a "customers told" --json', 'the same, for a program')
    .argument('<promotion>', 'its id')
    .argument('<text>', 'what happened')
    .speaksFor()
    .json('`{ "by", "text", "at" }`.')
    .runs(optionsSchema, ({ json, as }, promotionId = '', text = '') =>
      withInstallation(context, { json, as }, async (session) => {
        const note = await session.service.note(session.actor, promotionId, text);
        const { terminal } = context;
        if (json) writeJson(terminal, noteJson(note));
        else terminal.write(`${terminal.paint.green('✔')} Noted.\n`);
        return exitCodes.ok;
      }),
    );
}
