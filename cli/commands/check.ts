import { z } from 'zod';
import { namesWhere } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { itemJson } from '../json/people-json.ts';
import { writeJson } from '../json/write-json.ts';
import { someText } from '../option-values.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { checklistLines } from '../render/people-lines.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({
  as: z.string().optional(),
  note: z.string().optional(),
  json: z.boolean().default(false),
});

/** `promote check`: ticks an item of a promotion's checklist, or shows it. */
export function addCheck(program: PromoteCommand, context: CommandContext): void {
  program
    .command('check')
    .description("Ticks an item of a promotion's checklist in your name, or shows the checklist when no item is named.")
    .example('check pr-7f3a', 'what is on the checklist, and who ticked what')
    .example('check pr-7f3a "Release notes prepared" --note "wiki/v2"', 'tick an item and say where it can be seen')
    .argument('<promotion>', 'its id')
    .argument('[item]', 'the words of the item, or its number')
    .option('--note <text>', 'kept with the tick', someText)
    .speaksFor()
    .json('The item that was ticked; without one, `{ "checklist": [ … ] }`.')
    .runs(optionsSchema, ({ note, json, as }, promotionId = '', item) =>
      withInstallation(context, { json, as }, async (session) => {
        const { terminal } = context;
        if (item === undefined) {
          const { checklist, spokenFor } = await session.service.people(session.actor, promotionId);
          const lines =
            checklist.length === 0
              ? ['It has no checklist.']
              : checklistLines(checklist, terminal.paint, namesWhere(spokenFor));
          if (json) writeJson(terminal, { checklist: checklist.map(itemJson) });
          else terminal.write(`${lines.join('\n')}\n`);
          return exitCodes.ok;
        }
        const ticked = await session.service.tick(session.actor, { promotionId, item, note });
        // What waited for it goes on at once.
        await session.tick();
        if (json) writeJson(terminal, itemJson(ticked));
        else {
          const words = `"${ticked.requirement.item}" is ticked by ${ticked.by ?? ''}.`;
          terminal.write(`${terminal.paint.green('✔')} ${printable(words)}\n`);
        }
        return exitCodes.ok;
      }),
    );
}
