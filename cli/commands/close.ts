import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { openItemJson } from '../json/people-json.ts';
import { writeJson } from '../json/write-json.ts';
import { someText } from '../option-values.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({ as: z.string().optional(), note: z.string(), json: z.boolean().default(false) });

/** `promote close`: says that something that a promotion left to be done is done. */
export function addClose(program: PromoteCommand, context: CommandContext): void {
  program
    .command('close')
    .description(
      'Says that something that was left to be done after a promotion is done, such as merging a hotfix back.',
    )
    .example('close merge-back:shop:v2.1 --note "merged with #42"', 'the fix is on its branch')
    .example('close post-mortem:shop:v2.1 --note "wiki/2026-11-20"', 'the post-mortem is written')
    .argument('<item>', 'its id, as `promote status` shows it')
    .needs('--note <text>', 'how it was done, or where it can be seen', someText)
    .speaksFor()
    .json(
      'The item that was closed: `{ "id", "kind", "application", "environment", "promotionId", "detail", "openedAt" }`.',
    )
    .runs(optionsSchema, ({ note, json, as }, item = '') =>
      withInstallation(context, { json, as }, async (session) => {
        const closed = await session.service.closeItem(session.actor, item, note);
        const { terminal } = context;
        if (json) writeJson(terminal, openItemJson(closed));
        else terminal.write(`${terminal.paint.green('✔')} ${printable(`Done: ${closed.detail}`)}\n`);
        return exitCodes.ok;
      }),
    );
}
