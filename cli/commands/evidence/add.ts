import { basename } from 'node:path';
import { Option } from 'commander';
import { z } from 'zod';
import { evidenceFormats } from '../../../engine/promotion-service.ts';
import { testSuites } from '../../../engine/rules/gate-schema.ts';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { addedEvidenceJson } from '../../json/evidence-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { isoInstant, someText } from '../../option-values.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { openInput } from '../../read-input.ts';
import { addedEvidenceLines } from '../../render/evidence-lines.ts';
import { withInstallation } from '../../with-session.ts';

const phases = ['before', 'after'] as const;
const optionsSchema = z.object({
  as: z.string().optional(),
  release: z.string(),
  file: z.string(),
  format: z.enum(evidenceFormats).optional(),
  suite: z.enum(testSuites).optional(),
  phase: z.enum(phases).optional(),
  commit: z.string().optional(),
  source: z.string().optional(),
  collectedAt: z.date().optional(),
  json: z.boolean().default(false),
});

/** `promote evidence add`: takes the facts out of a tool's own report. */
export function addEvidenceAdd(group: PromoteCommand, context: CommandContext): void {
  group
    .command('add')
    .description(
      "Reads a tool's own report and records its facts about a release; the same report again changes nothing.",
    )
    .example('evidence add shop --release v2 --file junit.xml --suite integration', 'tests other than unit tests')
    .example('evidence add shop --release v2 --file - --format bugs', 'open bugs, from standard input')
    .argument('<application>', 'what is released')
    .needs('--release <name>', 'the release it is about, by its name', someText)
    .needs('--file <path>', 'the report; - is standard input', someText)
    .addOption(
      new Option('--format <format>', 'what the report is in (default: recognised by how it begins)').choices([
        ...evidenceFormats,
      ]),
    )
    .addOption(
      new Option('--suite <suite>', 'which tests a test report is of (default: unit)').choices([...testSuites]),
    )
    .addOption(
      new Option(
        '--phase <phase>',
        'whether load was put on before the deployment or after it (default: before)',
      ).choices([...phases]),
    )
    .option('--commit <sha>', 'the source commit it was made from', someText)
    .option('--source <text>', 'what produced it (default: the name of the file)', someText)
    .option(
      '--collected-at <instant>',
      'when it was made, in ISO 8601 (default: what the report says, else when its file was written, else now)',
      isoInstant,
    )
    .speaksFor()
    .json(
      '`{ "application", "release", "format", "isKnown", "evidence": [ { "id", "collectedAt", "source", "sourceCommit", "fact" } ] }`; `isKnown` says that all of it was stored before.',
    )
    .runs(optionsSchema, async ({ as, file, release, json, source, ...rest }, application = '') => {
      const { content, writtenAt } = await openInput(file);
      return withInstallation(context, { json, as }, async ({ service, actor }) => {
        const added = await service.addEvidence(actor, {
          ...rest,
          application,
          release,
          content,
          writtenAt,
          source: source ?? (file === '-' ? 'standard input' : basename(file)),
        });
        const { terminal, clock } = context;
        if (json) writeJson(terminal, addedEvidenceJson(added));
        else terminal.write(`${addedEvidenceLines(added, clock.now(), terminal.paint).join('\n')}\n`);
        return exitCodes.ok;
      });
    });
}
