import { z } from 'zod';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { addedEvidenceJson } from '../../json/evidence-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { someText } from '../../option-values.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { recordSource } from '../../record-source.ts';
import { addedEvidenceLines } from '../../render/evidence-lines.ts';
import { withInstallation } from '../../with-session.ts';
import { readWorkTree } from '../../work-tree.ts';

const optionsSchema = z.object({
  as: z.string().optional(),
  release: z.string(),
  folder: z.string().default('.'),
  json: z.boolean().default(false),
});

/** `promote evidence source`: whether what a release was built from was committed, pushed, and of which branch. */
export function addEvidenceSource(group: PromoteCommand, context: CommandContext): void {
  group
    .command('source')
    .description(
      'Looks at a git work tree and records about a release from which commit and branch it was built, whether everything was committed, and whether it was pushed.',
    )
    .example('evidence source shop --release v2', 'of the work tree in which it is typed')
    .example('evidence source shop --release v2 --folder ../shop --json', 'of another one, for a program')
    .argument('<application>', 'what is released')
    .needs('--release <name>', 'the release that was built from it, by its name', someText)
    .option('--folder <path>', 'the work tree (default: where you are)', someText)
    .speaksFor()
    .json('What `evidence add --json` shows.')
    .runs(optionsSchema, async ({ as, release, folder, json }, application = '') => {
      const state = await readWorkTree(folder);
      return withInstallation(context, { json, as }, async (session) => {
        const added = await recordSource(context, session, { application, release }, state);
        const { terminal, clock } = context;
        if (json) writeJson(terminal, addedEvidenceJson(added));
        else terminal.write(`${addedEvidenceLines(added, clock.now(), terminal.paint).join('\n')}\n`);
        return exitCodes.ok;
      });
    });
}
