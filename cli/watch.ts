import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-code.ts';
import { isAnswer } from './error-answer.ts';
import { unlessInterrupted } from './interruption.ts';
import { writeJsonLine } from './json/write-json.ts';
import { printable } from './printable.ts';
import { Redrawing } from './redrawing.ts';
import type { Session } from './session.ts';
import { causeText } from '../engine/wording/cause-text.ts';

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
  let last: View | undefined;
  let silentSince: Date | undefined;
  for (;;) {
    const seen = await unlessInterrupted(async () => {
      // Due work that cannot be started here is still worth seeing.
      await session.tick().catch(() => undefined);
      return look(() => read(signal), last !== undefined);
    }, signal);
    if (seen === 'interrupted') break;
    const { trouble, view } = seen;
    if (view !== undefined) {
      last = view;
      silentSince = undefined;
      if (isJson) writeJsonLine(terminal, json(view));
      else if (terminal.isInteractive) redrawing.draw([...lines(view), '', 'ctrl-C ends this view']);
      else terminal.write(`${view.at.toISOString()}\n${lines(view).join('\n')}\n\n`);
    } else {
      silentSince ??= clock.now();
      const said = `! the engine does not answer since ${silentSince.toISOString()}: ${trouble}; waiting for it`;
      if (isJson) writeJsonLine(terminal, { trouble, silentSince });
      else if (terminal.isInteractive && last !== undefined) {
        redrawing.draw([...lines(last), '', terminal.paint.yellow(printable(said)), 'ctrl-C ends this view']);
      } else terminal.write(`${clock.now().toISOString()}\n${printable(said)}\n\n`);
    }
    await clock.sleep(terminal.isInteractive && !isJson ? redrawEveryMs : repeatEveryMs, signal);
  }
  if (terminal.isInteractive && !isJson) terminal.write('\n');
  return exitCodes.ok;
}

type Seen<View> =
  { readonly view: View; readonly trouble?: undefined } | { readonly view: undefined; readonly trouble: string };

/**
 * @param isPatient whether an engine that does not answer is waited for: it answered before.
 * @throws what asking again cannot mend.
 */
async function look<View>(read: () => Promise<View>, isPatient: boolean): Promise<Seen<View>> {
  try {
    return { view: await read() };
  } catch (error) {
    if (!isPatient || isAnswer(error)) throw error;
    return { view: undefined, trouble: causeText(error) };
  }
}
