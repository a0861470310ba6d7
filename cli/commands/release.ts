import type { CommandContext } from '../command-context.ts';
import type { PromoteCommand } from '../promote-command.ts';
import { addReleaseAssemble } from './release/assemble.ts';
import { addReleaseCreate } from './release/create.ts';
import { addReleaseList } from './release/list.ts';
import { addReleaseMarkBad } from './release/mark-bad.ts';
import { addReleaseShow } from './release/show.ts';

/** `promote release`: the immutable bundles that are promoted. */
export function addRelease(program: PromoteCommand, context: CommandContext): void {
  const group = program
    .command('release')
    .description('Makes and shows releases: immutable bundles of image digests, configuration, migrations and flags.')
    .example('release assemble shop v4 --from dev --tag "v4*"', 'make one of the newest images, when all are there')
    .example('release show shop v2', 'what is in one, and what is known about it');
  for (const add of [addReleaseCreate, addReleaseAssemble, addReleaseList, addReleaseShow, addReleaseMarkBad]) {
    add(group, context);
  }
}
