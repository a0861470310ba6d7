import { causeText } from '../engine/wording/cause-text.ts';
import { exitCodes } from './exit-code.ts';

/** What ends the program when its output cannot be written. */
export interface OutputFailure {
  readonly exitCode: number;
  /** What to say on standard error; nothing when whoever read the output has seen enough. */
  readonly text: string;
}

/** @param error what the stream of the output said. */
export function outputFailure(error: NodeJS.ErrnoException): OutputFailure {
  if (error.code === 'EPIPE') return { exitCode: exitCodes.brokenPipe, text: '' };
  const why = error.code === 'ENOSPC' || error.code === 'EDQUOT' ? 'no space left on it' : causeText(error);
  return { exitCode: exitCodes.failed, text: `error: cannot write to the output: ${why}\n` };
}
