import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { changesSinceJson, stateAtJson } from '../json/changes-json.ts';
import { writeJson } from '../json/write-json.ts';
import { dayTaken, pastInstant } from '../option-instants.ts';
import { positiveInteger } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { changesSinceLines, stateAtLines } from '../render/changes-lines.ts';
import { UsageError } from '../usage-error.ts';
import { withInstallation } from '../with-session.ts';

/** What was typed, and the moment that it means. */
const momentSchema = z.object({ text: z.string(), at: z.date() });
type Moment = z.infer<typeof momentSchema>;

const optionsSchema = z.object({
  since: momentSchema.optional(),
  until: momentSchema.optional(),
  at: momentSchema.optional(),
  env: z.string().optional(),
  application: z.string().optional(),
  limit: z.number(),
  json: z.boolean().default(false),
});

const defaultLimit = 200;

/** `promote changed`: what was different, for whoever is on call. */
export function addChanged(program: PromoteCommand, context: CommandContext): void {
  const moment = (text: string): Moment => ({ text, at: pastInstant(text, context.clock.now()) });
  program
    .command('changed')
    .description(
      'Says what changed since a moment, or what was not as it is now at one: images, configuration, schema, flags and overrides, over all applications, with who asked for it and who approved it.',
    )
    .example('changed --since 2h --env production', 'the last two hours, newest first')
    .example('changed --at 14:05', 'what was different then, and what was on its way')
    .option('--since <moment>', 'how long ago, a time of day, or a date: 2h, 14:05, 2026-11-26T14:05', moment)
    .option('--until <moment>', 'likewise; with --since (default: now)', moment)
    .option('--at <moment>', 'likewise', moment)
    .option('--env <environment>', 'only this environment')
    .option('--application <name>', 'only this application')
    .option('--limit <number>', 'at most so many changes', positiveInteger, defaultLimit)
    .json(
      'With `--since`: `{ "since", "until", "isCut", "groups": [ { "at", "application", "environment", "promotion", "changes" } ] }`; with `--at`: `{ "at", "isCut", "differences": [ { "application", "environment", "kind", "subject", "then", "isThenKnown", "now", "changedAt", "promotion" } ], "moving": [ … ] }`.',
    )
    .runs(optionsSchema, ({ since, until, at, env, application, limit, json }) => {
      if ((since === undefined) === (at === undefined)) {
        throw new UsageError('give either --since or --at, such as --since 2h or --at 14:05');
      }
      if (until !== undefined && (since === undefined || until.at <= since.at)) {
        throw new UsageError('--until is the end of a time that --since begins, such as --since 4h --until 2h');
      }
      return withInstallation(context, json, async ({ service, actor }) => {
        const { terminal, clock } = context;
        const request = { application, environment: env, limit };
        const write = (lines: readonly string[]): void => {
          const days = [since, until, at].flatMap((given) => dayLines(given, clock.now()));
          terminal.write(`${[...days, ...lines].join('\n')}\n`);
        };
        if (at !== undefined) {
          const state = await service.stateAt(actor, { ...request, at: at.at });
          if (json) writeJson(terminal, stateAtJson(state));
          else write(stateAtLines(state, terminal.paint));
        } else if (since !== undefined) {
          const changes = await service.changesSince(actor, { ...request, since: since.at, until: until?.at });
          if (json) writeJson(terminal, changesSinceJson(changes));
          else write(changesSinceLines(changes, clock.now(), terminal.paint, context.invocation, until === undefined));
        }
        return exitCodes.ok;
      });
    });
}

/** A time of day belongs to some day, and whoever typed it may have meant another. */
function dayLines(moment: Moment | undefined, now: Date): readonly string[] {
  const day = moment === undefined ? undefined : dayTaken(moment.text, moment.at, now);
  return moment === undefined || day === undefined ? [] : [`${moment.text} is that of ${day}.`, ''];
}
