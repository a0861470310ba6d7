import { Readable } from 'node:stream';
import type { AddedEvidence } from '../engine/promotion-service.ts';
import type { CommandContext } from './command-context.ts';
import { printable } from './printable.ts';
import type { Session } from './session.ts';
import { UsageError } from './usage-error.ts';
import { readWorkTree, type WorkTreeState } from './work-tree.ts';

interface Subject {
  readonly application: string;
  /** A release's name. */
  readonly release: string;
}

/** Records about a release the state of the work tree that it was made from, as `promote evidence source` does. */
export function recordSource(
  { clock }: Pick<CommandContext, 'clock'>,
  { service, actor }: Session,
  { application, release }: Subject,
  state: WorkTreeState,
): Promise<AddedEvidence> {
  return service.addEvidence(actor, {
    application,
    release,
    content: Readable.from([Buffer.from(JSON.stringify(state))]),
    format: 'source',
    commit: state.commit,
    source: 'git work tree',
    collectedAt: clock.now(),
  });
}

/**
 * Looks at the work tree that somebody promotes from (the fourth guide's pre-flight): warns about what is not committed,
 * and records its state when it is the commit that the release was made from. Of anything else it would say nothing about
 * the release, so that is told instead.
 * @param isKept false: nothing is to be changed, so that it is only looked at.
 */
export async function lookAtWorkTree(
  context: CommandContext,
  session: Session,
  folder: string,
  subject: Subject,
  isKept: boolean,
): Promise<void> {
  const { terminal } = context;
  const warn = (line: string): void => {
    terminal.writeError(`${terminal.paint.yellow('!')} ${printable(line)}\n`);
  };
  let state: WorkTreeState;
  try {
    state = await readWorkTree(folder);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    warn(`the state of the source is not recorded: ${error.message}`);
    return;
  }
  if (!state.isClean) warn(`there are uncommitted changes in ${folder === '.' ? 'the work tree you are in' : folder}`);
  const { release } = await session.service.release(session.actor, subject.application, subject.release);
  const made = release.content.source?.commit;
  if (made === undefined) {
    warn(`the state of the source is not recorded: ${release.name} does not say which commit it was made from`);
  } else if (made !== state.commit) {
    const where = `the work tree is at ${state.commit.slice(0, 10)}, and ${release.name} was made from ${made.slice(0, 10)}`;
    warn(`the state of the source is not recorded: ${where}; type it in a work tree of that commit`);
  } else if (isKept) await recordSource(context, session, subject, state);
}
