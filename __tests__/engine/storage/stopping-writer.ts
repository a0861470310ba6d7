/**
 * A writer in a process of its own that stops itself (SIGSTOP) ahead of its n-th file operation.
 *
 * node stopping-writer.ts <folder> <replace|remove> <fence> <content> <revision or -> <n>
 */
import { writeSync } from 'node:fs';

import { FencedDirectory } from '../../../engine/storage/fenced-directory.ts';
import { nodeFencedFileOperations } from '../../../engine/storage/fenced-file-operations.ts';
import { observedFileOperations } from './observed-file-operations.ts';

const [folder = '', verb = '', fence = '', content = '', revision = '', stopAt = ''] = process.argv.slice(2);

let operations = 0;
const directory = new FencedDirectory(
  folder,
  observedFileOperations(nodeFencedFileOperations, async () => {
    if (operations === Number(stopAt)) process.kill(process.pid, 'SIGSTOP');
    operations += 1;
  }),
);

try {
  const effect = { fence: Number(fence) };
  if (verb === 'remove') await directory.remove('state.json', revision, effect);
  else await directory.replace('state.json', content, revision === '-' ? undefined : revision, effect);
  writeSync(1, 'done');
} catch (error) {
  writeSync(1, error instanceof Error ? error.name : String(error));
}
