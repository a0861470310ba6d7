import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { statisticsMetrics } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { statisticsJson } from '../json/statistics-json.ts';
import { writeJson } from '../json/write-json.ts';
import { pastInstant } from '../option-instants.ts';
import { printableLines } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { statisticsLines } from '../render/statistics-lines.ts';
import { withInstallation } from '../with-session.ts';

const formats = ['text', 'json', 'openmetrics'] as const;
type Format = (typeof formats)[number];

const optionsSchema = z.object({
  env: z.string().optional(),
  since: z.date().optional(),
  format: z.enum(formats).optional(),
  json: z.boolean().default(false),
});

/** `promote metrics`: how promotions went, in numbers. */
export function addMetrics(program: PromoteCommand, context: CommandContext): void {
  const moment = (text: string): Date => pastInstant(text, context.clock.now());
  program
    .command('metrics')
    .description(
      'Counts promotions: attempts, how they ended, the success rate, how long they took, the lead time of a release, the time to restore an environment, and the checks that failed by gate.',
    )
    .example('metrics shop --env production --since 30d', 'the last thirty days of one application')
    .example('metrics --format openmetrics', 'for a collector of metrics')
    .argument('[application]', 'only of this application')
    .option('--env <environment>', 'only into this environment')
    .option(
      '--since <moment>',
      'requested after: 2h, 30d, 2026-11-26 (default: as long as the rules keep metrics)',
      moment,
    )
    .option('--format <format>', `${formats.join(', ')} (default: text)`, formatOf)
    .json(
      '`{ "since", "until", "keptDays", "total": { "attempts", "running", "outcomes", "requirementsNotMet", "takenBackLater", "successRatio", "durationSeconds", "movingSeconds", "leadTimeSeconds" }, "places": [ … ], "validationFailures": [ { "application", "environment", "gate", "count" } ], "restorations": { "total": { "needed", "open", "seconds" }, "places": [ … ] } }`; times are `{ "mean", "p95" }` or null.',
    )
    .runs(optionsSchema, ({ env, since, format, json }, application) =>
      withInstallation(context, json || format === 'json', async ({ service, actor }) => {
        const { terminal } = context;
        const statistics = await service.statistics(actor, { application, environment: env, since });
        switch (format ?? (json ? 'json' : 'text')) {
          case 'json':
            writeJson(terminal, statisticsJson(statistics));
            break;
          case 'openmetrics':
            terminal.write(printableLines(statisticsMetrics(statistics)).join('\n'));
            break;
          case 'text':
            terminal.write(`${statisticsLines(statistics, terminal.paint).join('\n')}\n`);
            break;
        }
        return exitCodes.ok;
      }),
    );
}

function formatOf(text: string): Format {
  const format = formats.find((each) => each === text);
  if (format === undefined) throw new InvalidArgumentError(`It must be one of ${formats.join(', ')}.`);
  return format;
}
