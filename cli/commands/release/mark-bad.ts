import { z } from 'zod';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { releaseJson } from '../../json/release-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { someText } from '../../option-values.ts';
import { printable } from '../../printable.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { withInstallation } from '../../with-session.ts';

const optionsSchema = z.object({
  as: z.string().optional(),
  reason: z.string(),
  undo: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `promote release mark-bad`: keeps a release from ever being promoted, until somebody takes that back. */
export function addReleaseMarkBad(group: PromoteCommand, context: CommandContext): void {
  group
    .command('mark-bad')
    .description('Marks a release bad, so that it is not promoted again, or takes that back; where it runs it stays.')
    .example('release mark-bad shop v3 --reason "leaks connections"', 'nobody promotes it any more')
    .example('release mark-bad shop v3 --undo --reason "it was the proxy"', 'it may be promoted again')
    .argument('<application>', 'what is released')
    .argument('<name>', 'the release')
    .needs('--reason <text>', 'why, for the audit trail', someText)
    .option('--undo', 'take it back')
    .speaksFor()
    .json('A release.')
    .runs(optionsSchema, ({ as, reason, undo, json }, application = '', name = '') =>
      withInstallation(context, { json, as }, async ({ service, actor }) => {
        const judgement = undo ? 'not-bad' : 'bad';
        const release = await service.judgeRelease(actor, { application, name, judgement, reason });
        const { terminal } = context;
        if (json) writeJson(terminal, releaseJson(release));
        else {
          const what = undo ? 'may be promoted again' : 'is marked bad and is not promoted any more';
          terminal.write(`${terminal.paint.green('✔')} ${printable(application)} ${printable(name)} ${what}\n`);
        }
        return exitCodes.ok;
      }),
    );
}
