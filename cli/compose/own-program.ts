import { extname, join } from 'node:path';

/** What another process of `promote` is started from: the source in the repository, the compiled file in the package. */
export const ownProgram = join(import.meta.dirname, `../main${extname(import.meta.filename)}`);
