import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { renderReport } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { writeJson } from '../json/write-json.ts';
import { NewFile } from '../new-file.ts';
import { printable, printableLines } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { UsageError } from '../usage-error.ts';
import { withInstallation } from '../with-session.ts';

const formats = ['md', 'json', 'html'] as const;
type Format = (typeof formats)[number];

const optionsSchema = z.object({
  format: z.enum(formats).optional(),
  out: z.string().optional(),
  json: z.boolean().default(false),
});

/** `promote report`: what happened to a promotion, for whoever was not there. */
export function addReport(program: PromoteCommand, context: CommandContext): void {
  program
    .command('report')
    .description(
      'Tells all that happened to a promotion, also while it goes on: checks with what they were judged by, approvals, what was set aside, errors and what was tried, timings, what was undone and what stays.',
    )
    .example('report pr-7f3a', 'as Markdown, to read or to paste')
    .example('report pr-7f3a --format html --out report.html', 'one file for somebody without a terminal')
    .argument('<promotion>', 'its id')
    .option('--format <format>', `${formats.join(', ')} (default: md)`, formatOf)
    .option('--out <file>', 'write it to a new file, readable by you alone')
    .json(
      'The report: `{ "format", "promotion", "outcome", "images", "changes", "checks", "approvals", "overrides", "checklist", "notes", "openItems", "undone", "kept", "errors", "steps", "waits", "timing", "timeline", "audit" }`.',
    )
    .runs(optionsSchema, ({ format, out, json }, promotionId = '') => {
      // With --out, --json is the answer about the file, whatever is in it.
      if (json && out === undefined && format !== undefined && format !== 'json') {
        throw new UsageError(`--json prints the report as JSON, and --format ${format} does not: give one of them`);
      }
      return withInstallation(context, json || format === 'json', async ({ service, actor }) => {
        const { terminal } = context;
        const report = await service.report(actor, promotionId);
        const wanted = format ?? (json ? 'json' : 'md');
        if (out !== undefined) {
          const file = NewFile.create(out);
          try {
            file.write(renderReport(report, engineFormats[wanted]));
          } finally {
            file.close();
          }
          if (json) writeJson(terminal, { promotionId: report.promotion.id, file: out });
          else terminal.write(`${terminal.paint.green('✔')} The report is in ${printable(out)}\n`);
        } else if (wanted === 'json') {
          writeJson(terminal, report);
        } else {
          terminal.write(printableLines(renderReport(report, engineFormats[wanted])).join('\n'));
        }
        return exitCodes.ok;
      });
    });
}

const engineFormats = { md: 'markdown', json: 'json', html: 'html' } as const satisfies Readonly<
  Record<Format, string>
>;

function formatOf(text: string): Format {
  const format = formats.find((each) => each === text);
  if (format === undefined) throw new InvalidArgumentError(`It must be one of ${formats.join(', ')}.`);
  return format;
}
