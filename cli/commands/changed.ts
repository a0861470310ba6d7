import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { changesSinceJson, stateAtJson } from '../json/changes-json.ts';
import { writeJson } from '../json/write-json.ts';
import { pastInstant } from '../option-instants.ts';
import { positiveInteger } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { changesSinceLines, stateAtLines } from '../render/changes-lines.ts';
import { UsageError } from '../usage-error.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({
  since: z.date().optional(),
  at: z.date().optional(),
  env: z.string().optional(),
  application: z.string().optional(),
  limit: z.number(),
  json: z.boolean().default(false),
});

const defaultLimit = 200;

/** `promote changed`: what was different, for whoever is on call. */
export function addChanged(program: PromoteCommand, context: CommandContext): void {
  const moment = (text: string): Date => pastInstant(text, context.clock.now());
  program
    .command('changed')
    .description(
      'Says what changed since a moment, or what was not as it is now at one: images, configuration, schema, flags and overrides, over all applications, with who asked for it and who approved it.',
    )
    .example('changed --since 2h --env production', 'the last two hours, newest first')
    .example('changed --at 14:05', 'what was different then, and what was on its way')
    .option('--since <moment>', 'how long ago, a time of day, or a date: 2h, 14:05, 2026-11-26T14:05', moment)
    .option('--at <moment>', 'likewise', moment)
    .option('--env <environment>', 'only this environment')
    .option('--application <name>', 'only this application')
    .option('--limit <number>', 'at most so many changes', positiveInteger, defaultLimit)
    .json(
      'With `--since`: `{ "since", "until", "isCut", "groups": [ { "at", "application", "environment", "promotion", "changes" } ] }`; with `--at`: `{ "at", "isCut", "differences": [ { "application", "environment", "kind", "subject", "then", "isThenKnown", "now", "changedAt", "promotion" } ], "moving": [ … ] }`.',
    )
    .runs(optionsSchema, ({ since, at, env, application, limit, json }) => {
      if ((since === undefined) === (at === undefined)) {
        throw new UsageError('give either --since or --at, such as --since 2h or --at 14:05');
      }
      return withInstallation(context, json, async ({ service, actor }) => {
        const { terminal, clock } = context;
        const request = { application, environment: env, limit };
        if (at !== undefined) {
          const state = await service.stateAt(actor, { ...request, at });
          if (json) writeJson(terminal, stateAtJson(state));
          else terminal.write(`${stateAtLines(state, terminal.paint).join('\n')}\n`);
        } else if (since !== undefined) {
          const changes = await service.changesSince(actor, { ...request, since });
          if (json) writeJson(terminal, changesSinceJson(changes));
          else
            terminal.write(
              `${changesSinceLines(changes, clock.now(), terminal.paint, context.invocation).join('\n')}\n`,
            );
        }
        return exitCodes.ok;
      });
    });
}
