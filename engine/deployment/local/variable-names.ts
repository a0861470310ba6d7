import { isDeepStrictEqual } from 'node:util';
import { join } from 'node:path';
import { z } from 'zod';
import { readRecord, writeRecord } from './record-file.ts';

const namesFile = 'variable-names.json';
const namesSchema = z.array(z.string()).readonly();

/** Writes down which variables an environment has, without what is in them; nothing when that is written already. */
export async function writeVariableNames(folder: string, variables: Readonly<Record<string, string>>): Promise<void> {
  const names = Object.keys(variables).toSorted();
  const path = join(folder, namesFile);
  const before = await readRecord(path, namesSchema).catch(() => undefined);
  if (!isDeepStrictEqual(before, names)) await writeRecord(path, names);
}

/** Undefined: nobody has written them down yet. @throws InvalidRecordError */
export function readVariableNames(folder: string): Promise<readonly string[] | undefined> {
  return readRecord(join(folder, namesFile), namesSchema);
}
