import type { CommandContext } from '../../command-context.ts';
import { exitCodes } from '../../exit-code.ts';
import { replayJson } from '../../json/replay-json.ts';
import { writeJson } from '../../json/write-json.ts';
import { replayLines } from '../../render/replay-lines.ts';
import { showingWait, withInstallation } from '../../with-session.ts';
import type { RulesLoading } from './explain.ts';

/** Which promotions are judged, and by what. */
export interface ReplayOptions {
  /** The rules file. */
  readonly replay: string;
  readonly application?: string | undefined;
  readonly since?: Date | undefined;
  readonly json: boolean;
}

/** `promote rules test --replay`: what other rules would have decided about everything that is stored. */
export async function replayStored(
  context: CommandContext,
  { replay, application, since, json }: ReplayOptions,
  loading: Pick<RulesLoading, 'load'>,
): Promise<number> {
  const loaded = await loading.load(replay, json);
  if (typeof loaded === 'number') return loaded;
  const { file, rules } = loaded;
  return withInstallation(context, json, async ({ service, actor }) => {
    const { terminal, clock } = context;
    const judge = () => service.replay(actor, { rules, application, since });
    const judged = await showingWait(context, json, 'judging what is stored', judge);
    if (json) writeJson(terminal, replayJson(file, judged));
    else terminal.write(`${replayLines(judged, clock.now(), terminal.paint).join('\n')}\n`);
    return judged.otherwise.length === 0 ? exitCodes.ok : exitCodes.failed;
  });
}
