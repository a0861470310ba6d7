import { z } from 'zod';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { evidenceJson } from '../../json/evidence-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { someText } from '../../option-values.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { evidenceLines } from '../../render/evidence-lines.ts';
import { withInstallation } from '../../with-session.ts';

const optionsSchema = z.object({
  release: z.string(),
  findings: z.boolean().default(false),
  json: z.boolean().default(false),
});

/** `promote evidence list`: what is known about a release. */
export function addEvidenceList(group: PromoteCommand, context: CommandContext): void {
  group
    .command('list')
    .description('Lists what is known about a release, newest first.')
    .example('evidence list shop --release v2', 'one line for each fact')
    .example('evidence list shop --release v2 --findings', 'every finding too, by the id that a waiver needs')
    .argument('<application>', 'what is released')
    .needs('--release <name>', 'the release, by its name', someText)
    .option('--findings', 'show every finding below its report')
    .json(
      '`{ "application", "release", "evidence": [ { "id", "collectedAt", "source", "sourceCommit", "fact" } ] }`, the facts in full.',
    )
    .runs(optionsSchema, ({ release, findings, json }, application = '') =>
      withInstallation(context, json, async ({ service, actor }) => {
        const view = await service.release(actor, application, release);
        const { terminal, clock } = context;
        if (json) {
          const { application: of, name } = view.release;
          writeJson(terminal, { application: of, release: name, evidence: view.evidence.map(evidenceJson) });
        } else terminal.write(`${evidenceLines(view, clock.now(), terminal.paint, findings).join('\n')}\n`);
        return exitCodes.ok;
      }),
    );
}
