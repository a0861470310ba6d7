import { z } from 'zod';
import type { SourceLocations } from '../../engine/promotion-service.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { writeJson } from '../json/write-json.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { table } from '../render/table.ts';
import type { Paint } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { showingWait, withInstallation } from '../with-session.ts';

const optionsSchema = z.object({ application: z.string().optional(), json: z.boolean().default(false) });
const patienceMs = 120_000;

/** `promote where`: in which environments a change runs. */
export function addWhere(program: PromoteCommand, context: CommandContext): void {
  program
    .command('where')
    .description('Says in which environments a commit runs, a pull request or a ticket.')
    .example('where 9c1e2f4', 'a commit, by the beginning of its id')
    .example('where "#12" --application shop', 'a pull request; a ticket likewise: SHOP-12')
    .argument('<change>', 'a commit, #<number> or a ticket')
    .option('--application <name>', 'only of this application')
    .json(
      '`{ "word", "commits": [ { "repository", "commit", "author", "subject", "at", "changeRequests", "tickets" } ], "locations": [ { "application", "environment", "release", "containment" } ], "unknown": [ { "application", "environment", "why" } ] }`; `containment` is `commit`, `patch` (the same change under another commit) or `absent`.',
    )
    .runs(optionsSchema, ({ application, json }, word = '') => {
      if (word.trim() === '') throw new UsageError('say which change: a commit, #<number> or a ticket');
      return withInstallation(context, json, async ({ service, actor }) => {
        const found = await showingWait(context, json, 'looking through the history', () =>
          service.locateSource(actor, { word, application }, AbortSignal.timeout(patienceMs)),
        );
        const { terminal } = context;
        if (json) writeJson(terminal, found);
        else terminal.write(`${whereLines(found, terminal.paint).join('\n')}\n`);
        return found.commits.length === 0 ? exitCodes.failed : exitCodes.ok;
      });
    });
}

const words = { commit: 'has it', patch: 'has the same change', absent: 'has it not' } as const;

function whereLines({ word, commits, locations, unknown }: SourceLocations, paint: Paint): readonly string[] {
  const doubtful = table(
    unknown.map(({ application, environment, why }) => [
      { text: `? ${printable(application)} in ${printable(environment)}`, paint: paint.yellow },
      printable(why),
    ]),
    '  ',
  );
  if (commits.length === 0) {
    return [`No commit of what runs here is called ${printable(word)}, nor names it.`, ...doubtful];
  }
  return [
    ...commits.map(
      ({ commit, subject, author }) => `${commit.slice(0, 12)}  ${printable(subject)}  ${paint.dim(printable(author))}`,
    ),
    ...table(
      locations.map(({ application, environment, release, containment }) => [
        containment === 'absent'
          ? { text: `– ${printable(application)} in ${printable(environment)}`, paint: paint.dim }
          : { text: `✔ ${printable(application)} in ${printable(environment)}`, paint: paint.green },
        printable(release),
        words[containment],
      ]),
      '  ',
    ),
    ...doubtful,
  ];
}
