/** Ensures the server of a folder in a process of its own, and tells what it got. node ensure-in-process.ts <folder> */
import { writeSync } from 'node:fs';

import { ensureEmbeddedPostgres } from '../../../../engine/store/embedded/embedded-postgres.ts';

const [directory = ''] = process.argv.slice(2);
const { pid, port, wasStarted } = await ensureEmbeddedPostgres({ directory });
writeSync(1, JSON.stringify({ pid, port, wasStarted }));
