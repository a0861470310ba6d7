import { mkdirSync } from 'node:fs';
import { isSystemError } from '../engine/storage/system-error.ts';
import { timeInNames } from './log-file.ts';
import { whyNotMade } from './new-file.ts';
import { UsageError } from './usage-error.ts';

const mostAttempts = 100;

/** Makes a folder of one's own; `mkdir` never follows a link. @throws UsageError when there is something already. */
export function makeNewFolder(path: string): string {
  try {
    mkdirSync(path, { mode: 0o700 });
    return path;
  } catch (error) {
    if (isSystemError(error, 'EEXIST')) {
      throw new UsageError(`${path} exists already, and nothing is written over; name another folder`);
    }
    throw new UsageError(`the folder ${path} cannot be made: ${whyNotMade(path, error)}; name another one`);
  }
}

/** One that is called after the moment, and after a number when another command had the same one. */
export function makeNamedFolder(parent: string, prefix: string, at: Date): string {
  for (let attempt = 1; ; attempt++) {
    const number = attempt === 1 ? '' : `-${String(attempt)}`;
    const path = `${parent}/${prefix}-${timeInNames(at)}${number}`;
    try {
      mkdirSync(path, { mode: 0o700 });
      return path;
    } catch (error) {
      if (!isSystemError(error, 'EEXIST') || attempt === mostAttempts) return makeNewFolder(path);
    }
  }
}
