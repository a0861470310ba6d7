import { z } from 'zod';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-code.ts';
import { unlessInterrupted } from '../interruption.ts';
import { statusJson } from '../json/status-json.ts';
import { writeJson, writeJsonLine } from '../json/write-json.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { Redrawing } from '../redrawing.ts';
import { statusLines } from '../render/status-lines.ts';
import type { Session } from '../session.ts';
import { readStatus } from '../status-view.ts';
import { showPromotion } from '../show-promotion.ts';
import { UsageError } from '../usage-error.ts';
import { withSession } from '../with-session.ts';

const optionsSchema = z.object({ watch: z.boolean().default(false), json: z.boolean().default(false) });
type Options = z.infer<typeof optionsSchema>;

const promotionId = /^pr-[0-9a-f]+$/;
const redrawEveryMs = 1000;
/** Lines that stay (a log, a pipe) need fewer of them. */
const repeatEveryMs = 5000;

/** `promote status`: what runs where, and what is on its way. */
export function addStatus(program: PromoteCommand, context: CommandContext): void {
  program
    .command('status')
    .description(
      'Shows which release runs in each environment, every promotion that is on its way, and what is left to be done; or one promotion with all that people decided about it.',
    )
    .example('status shop --watch', 'one application, kept up to date until ctrl-C')
    .example('status pr-7f3a', 'one promotion: its plan, checklist, approvals, notes and what was set aside')
    .argument('[application-or-promotion]', 'only this application, or the id of a promotion')
    .option('--watch', 'keep it up to date; ctrl-C ends it')
    .json(
      'One status; with `--watch` one a line. Of a promotion: it, with `approvals`, `checklist`, `notes` and `openItems`.',
    )
    .runs(optionsSchema, (options, application) =>
      withSession(context, options.json, async (session) => {
        if (application !== undefined && promotionId.test(application)) {
          if (options.watch)
            throw new UsageError('--watch is for applications; promote logs <promotion> --follow follows one');
          await showPromotion(context, session, application, options.json);
          return exitCodes.ok;
        }
        if (options.watch) return watchStatus(context, session, application, options);
        const status = await readStatus(session, application, context.clock.now());
        if (options.json) writeJson(context.terminal, statusJson(status));
        else context.terminal.write(`${statusLines(status, context.terminal.paint).join('\n')}\n`);
        return exitCodes.ok;
      }),
    );
}

async function watchStatus(
  context: CommandContext,
  session: Session,
  application: string | undefined,
  { json }: Options,
): Promise<number> {
  const { terminal, clock } = context;
  const redrawing = new Redrawing(terminal);
  using interruption = context.interruption.listen();
  const { signal } = interruption;
  for (;;) {
    const status = await unlessInterrupted(async () => {
      // Due work that cannot be started here is still worth seeing.
      await session.tick().catch(() => undefined);
      return readStatus(session, application, clock.now());
    }, signal);
    if (status === 'interrupted') break;
    if (json) writeJsonLine(terminal, statusJson(status));
    else if (terminal.isInteractive)
      redrawing.draw([...statusLines(status, terminal.paint), '', 'ctrl-C ends this view']);
    else terminal.write(`${status.at.toISOString()}\n${statusLines(status, terminal.paint).join('\n')}\n\n`);
    await clock.sleep(terminal.isInteractive && !json ? redrawEveryMs : repeatEveryMs, signal);
  }
  if (terminal.isInteractive && !json) terminal.write('\n');
  return exitCodes.ok;
}
