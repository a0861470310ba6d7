import { z } from 'zod';
import { formatBytes } from '../../../engine/promotion-service.ts';
import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { writeJson } from '../../json/write-json.ts';
import { NewFile } from '../../new-file.ts';
import { pastInstant } from '../../option-instants.ts';
import { someText } from '../../option-values.ts';
import { printable } from '../../printable.ts';
import type { PromoteCommand } from '../../promote-command.ts';
import { showingWait, withInstallation } from '../../with-session.ts';

const optionsSchema = z.object({
  compliance: z.boolean().default(false),
  since: z.date().optional(),
  until: z.date().optional(),
  application: z.string().optional(),
  env: z.string().optional(),
  out: z.string(),
  json: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

/** `promote audit export`: the trail for whoever has no access to the engine. */
export function addAuditExport(group: PromoteCommand, context: CommandContext): void {
  const moment = (text: string): Date => pastInstant(text, context.clock.now());
  group
    .command('export')
    .description(
      'Writes whole chains of the audit trail with what was signed about them as JSON Lines, which audit verify --file proves anywhere.',
    )
    .example('audit export --out trail.jsonl', 'everything')
    .example('audit export --compliance --env production --since 90d --out q3.jsonl', 'for an auditor')
    .option(
      '--compliance',
      'add to each promotion its metadata, images, validation results, approvals, errors and timings, and a summary of all',
    )
    .option('--since <moment>', 'only promotions that had not ended by then: 90d, 2026-07-01', moment)
    .option('--until <moment>', 'only promotions that had been asked for by then', moment)
    .option('--app, --application <name>', 'only of this application')
    .option('--env <environment>', 'only into this environment')
    .needs('--out <file>', 'a new file, readable by you alone', someText)
    .json('`{ "file", "lines", "bytes" }`.')
    .runs(optionsSchema, (options) =>
      withInstallation(context, options.json, async (session) => {
        const lines = session.exportAudit({
          application: options.application,
          environment: options.env,
          since: options.since,
          until: options.until,
          hasCompliance: options.compliance,
        });
        const written = await showingWait(context, options.json, 'writing the audit trail', () => keep(lines, options));
        const { terminal, invocation } = context;
        if (options.json) writeJson(terminal, { file: options.out, ...written });
        else {
          const count = `${written.lines.toLocaleString('en-US')} lines, ${formatBytes(written.bytes)}`;
          terminal.write(`${terminal.paint.green('✔')} ${count} in ${printable(options.out)}\n`);
          terminal.write(`Next:  ${invocation} audit verify --file ${printable(options.out)}\n`);
        }
        return exitCodes.ok;
      }),
    );
}

async function keep(
  lines: AsyncIterable<string>,
  { out }: Options,
): Promise<{ readonly lines: number; readonly bytes: number }> {
  const file = NewFile.create(out);
  let count = 0;
  let bytes = 0;
  try {
    for await (const line of lines) {
      file.write(line);
      count += 1;
      bytes += Buffer.byteLength(line);
    }
  } finally {
    file.close();
  }
  return { lines: count, bytes };
}
