import type { CommandContext } from './command-context.ts';
import { UsageError } from './usage-error.ts';

/**
 * Asks a person to confirm.
 * @throws UsageError when nobody is there to answer and `--yes` was not given.
 */
export async function confirm(
  context: CommandContext,
  question: string,
  { isJson, yes }: { readonly isJson: boolean; readonly yes: boolean },
): Promise<boolean> {
  if (yes) return true;
  if (isJson || !context.terminal.canAsk) {
    throw new UsageError('this asks for confirmation and nobody is there to answer; add --yes when you are sure');
  }
  const answer = await context.terminal.ask(`${question} [y/N] `);
  return /^y(es)?$/i.test((answer ?? '').trim());
}
