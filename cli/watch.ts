import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-code.ts';
import { unlessInterrupted } from './interruption.ts';
import { writeJsonLine } from './json/write-json.ts';
import { Redrawing } from './redrawing.ts';
import type { Session } from './session.ts';

const redrawEveryMs = 1000;
/** Lines that stay (a log, a pipe) need fewer of them. */
const repeatEveryMs = 5000;

/** Something that is looked at again and again. */
export interface Watched<View extends { readonly at: Date }> {
  readonly read: (signal: AbortSignal) => Promise<View>;
  readonly lines: (view: View) => readonly string[];
  readonly json: (view: View) => object;
}

/** Keeps a view up to date until ctrl-C: in place on a terminal, else in lines that stay. */
export async function watch<View extends { readonly at: Date }>(
  context: CommandContext,
  session: Session,
  isJson: boolean,
  { read, lines, json }: Watched<View>,
): Promise<number> {
  const { terminal, clock } = context;
  const redrawing = new Redrawing(terminal);
  using interruption = context.interruption.listen();
  const { signal } = interruption;
  for (;;) {
    const view = await unlessInterrupted(async () => {
      // Due work that cannot be started here is still worth seeing.
      await session.tick().catch(() => undefined);
      return read(signal);
    }, signal);
    if (view === 'interrupted') break;
    if (isJson) writeJsonLine(terminal, json(view));
    else if (terminal.isInteractive) redrawing.draw([...lines(view), '', 'ctrl-C ends this view']);
    else terminal.write(`${view.at.toISOString()}\n${lines(view).join('\n')}\n\n`);
    await clock.sleep(terminal.isInteractive && !isJson ? redrawEveryMs : repeatEveryMs, signal);
  }
  if (terminal.isInteractive && !isJson) terminal.write('\n');
  return exitCodes.ok;
}
