import { createReadStream } from 'node:fs';
import { UsageError } from '../usage-error.ts';
import { causeText } from '../../engine/wording/cause-text.ts';

/** No line that the engine writes is as long; one that is would only fill the memory. */
const longestLine = 64 * 1024 * 1024;

/** The lines of a text file without their ends, which are line feeds and nothing else. @throws UsageError naming the file. */
export async function* readLines(file: string): AsyncGenerator<string, void, undefined> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
      rest += chunk as string;
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > longestLine) throw new UsageError(`${file} has a line that is longer than any of an export`);
      yield* lines;
    }
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} cannot be read: ${causeText(error)}`);
  }
  if (rest !== '') yield rest;
}
