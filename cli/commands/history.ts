import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { outcomeNames, type OutcomeName } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { historyJson } from '../json/history-json.ts';
import { writeJson } from '../json/write-json.ts';
import { pastInstant } from '../option-instants.ts';
import { positiveInteger } from '../option-values.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { historyLines } from '../render/history-lines.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({
  env: z.string().optional(),
  since: z.date().optional(),
  until: z.date().optional(),
  outcome: z.array(z.enum(outcomeNames)).optional(),
  limit: z.number(),
  json: z.boolean().default(false),
});

const defaultLimit = 20;

/** `promote history`: what is over, with what it changed. */
export function addHistory(program: PromoteCommand, context: CommandContext): void {
  const moment = (text: string): Date => pastInstant(text, context.clock.now());
  program
    .command('history')
    .description(
      'Lists promotions, rollbacks and contract runs that are over, newest first, each with what it changed and who was behind it.',
    )
    .example('history shop --env production', 'what happened to production of one application')
    .example('history --since 7d --outcome failed --outcome rolled-back', 'what went wrong this week')
    .argument('[application]', 'only of this application')
    .option('--env <environment>', 'only into this environment')
    .option('--since <moment>', 'ended after: how long ago, a time of day, or a date: 2h, 14:05, 2026-11-26', moment)
    .option('--until <moment>', 'ended by then, likewise', moment)
    .option('--outcome <outcome>', `only these, several times if need be: ${outcomeNames.join(', ')}`, oneMoreOutcome)
    .option('--limit <number>', 'at most so many', positiveInteger, defaultLimit)
    .json(
      '`{ "isCut", "promotions": [ { "id", "kind", "application", "release", "from", "to", "outcome", "requestedBy", "approvedBy", "overrides", "reason", "trouble", "createdAt", "endedAt", "changes" } ] }`.',
    )
    .runs(optionsSchema, ({ env, since, until, outcome, limit, json }, application) =>
      withInstallation(context, json, async ({ service, actor }) => {
        const { terminal, clock } = context;
        const history = await service.history(actor, {
          application,
          environment: env,
          since,
          until,
          outcomes: outcome,
          limit,
        });
        if (json) writeJson(terminal, historyJson(history));
        else terminal.write(`${historyLines(history, clock.now(), terminal.paint).join('\n')}\n`);
        return exitCodes.ok;
      }),
    );
}

function oneMoreOutcome(text: string, before: readonly OutcomeName[] = []): readonly OutcomeName[] {
  const outcome = outcomeNames.find((name) => name === text);
  if (outcome === undefined) throw new InvalidArgumentError(`It must be one of ${outcomeNames.join(', ')}.`);
  return [...before, outcome];
}
