import { z } from 'zod';
import { isEndState, type PromotionRecord, type StoredLogLine } from '../../engine/promotion-service.ts';
import { closest } from '../../engine/rules/closest-word.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { unlessInterrupted } from '../interruption.ts';
import { logLineJson } from '../json/event-json.ts';
import { writeJson, writeJsonLine } from '../json/write-json.ts';
import { printable } from '../printable.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { logLine } from '../render/log-line.ts';
import { stepsCalled, stepTitle } from '../render/step-title.ts';
import type { Session } from '../session.ts';
import { UsageError } from '../usage-error.ts';
import { withInstallation } from '../with-session.ts';

const optionsSchema = z.object({
  follow: z.boolean().default(false),
  step: z.string().optional(),
  json: z.boolean().default(false),
});

const pageSize = 1000;
const lookEveryMs = 300;

/** `promote logs`: what the steps of a promotion wrote. */
export function addLogs(program: PromoteCommand, context: CommandContext): void {
  program
    .command('logs')
    .description('Shows what the steps of a promotion wrote, oldest first; times are UTC.')
    .example('logs pr-7f3a', 'everything so far')
    .example('logs pr-7f3a --step verify --follow', 'one step, until the promotion ends')
    .argument('<promotion>', 'its id')
    .option('--follow', 'go on until the promotion ends; ctrl-C ends it sooner')
    .option('--step <step>', 'only of this step')
    .json('`{ "lines": [ … ] }`; with `--follow` one line each.')
    .runs(optionsSchema, (options, promotionId = '') =>
      withInstallation(context, options.json, async (session) => {
        const { promotion } = await session.service.view(session.actor, promotionId);
        const steps = chosenSteps(promotion, options.step);
        const isWanted = ({ step }: StoredLogLine): boolean => steps === undefined || steps.includes(step);
        return options.follow
          ? followLogs(context, session, promotionId, isWanted, options.json)
          : showLogs(context, session, promotion, isWanted, options.json);
      }),
    );
}

async function showLogs(
  context: CommandContext,
  session: Session,
  { id: promotionId, state }: PromotionRecord,
  isWanted: (line: StoredLogLine) => boolean,
  isJson: boolean,
): Promise<number> {
  const { terminal } = context;
  const kept: StoredLogLine[] = [];
  let isEmpty = true;
  for await (const page of pages(session, promotionId, 0)) {
    const wanted = page.filter(isWanted);
    if (wanted.length > 0) isEmpty = false;
    if (isJson) kept.push(...wanted);
    else terminal.write(wanted.map((line) => `${logLine(line, terminal.paint)}\n`).join(''));
  }
  if (isJson) writeJson(terminal, { lines: kept.map(logLineJson) });
  else if (isEmpty) {
    const said = isEndState(state)
      ? 'wrote nothing, or its log was removed when its time was over'
      : 'has written nothing yet';
    terminal.writeError(`${printable(promotionId)} ${said}\n`);
  }
  return exitCodes.ok;
}

async function followLogs(
  context: CommandContext,
  session: Session,
  promotionId: string,
  isWanted: (line: StoredLogLine) => boolean,
  isJson: boolean,
): Promise<number> {
  const { terminal, clock } = context;
  using interruption = context.interruption.listen();
  const { signal } = interruption;
  let afterSeq = 0;
  for (;;) {
    const looked = await unlessInterrupted(async () => {
      await session.tick().catch(() => undefined);
      // Asked before the lines are read: what is written before the end is then among them.
      const { promotion } = await session.service.view(session.actor, promotionId);
      for await (const page of pages(session, promotionId, afterSeq)) {
        afterSeq = page.at(-1)?.seq ?? afterSeq;
        for (const line of page.filter(isWanted)) {
          if (isJson) writeJsonLine(terminal, logLineJson(line));
          else terminal.write(`${logLine(line, terminal.paint)}\n`);
        }
      }
      return isEndState(promotion.state) ? 'ended' : 'goes on';
    }, signal);
    if (looked === 'ended') return exitCodes.ok;
    if (looked === 'interrupted') {
      if (!isJson) terminal.writeError(`\n${printable(promotionId)} goes on without this terminal.\n`);
      return exitCodes.interrupted;
    }
    await clock.sleep(lookEveryMs, signal);
  }
}

async function* pages(
  session: Session,
  promotionId: string,
  afterSeq: number,
): AsyncIterable<readonly StoredLogLine[]> {
  let last = afterSeq;
  for (;;) {
    const page = await session.service.logs(session.actor, promotionId, last, pageSize);
    if (page.length > 0) yield page;
    if (page.length < pageSize) return;
    last = page.at(-1)?.seq ?? last;
  }
}

/** @throws UsageError when the promotion has no such step. */
function chosenSteps({ steps }: PromotionRecord, word: string | undefined): readonly string[] | undefined {
  if (word === undefined) return undefined;
  const known = steps.map(({ name }) => name);
  const chosen = stepsCalled(word).filter((step) => known.includes(step));
  if (chosen.length > 0) return chosen;
  const titles = known.map(stepTitle);
  const near = closest(word, [...known, ...titles]);
  const question = near === undefined ? '' : ` Did you mean ${near}?`;
  throw new UsageError(`there is no step ${word}.${question} It has ${[...new Set(titles)].join(', ')}`);
}
