import { SecretFolderConnections } from '../../functions/db-migration/connections.ts';
import { systemClock } from '../../functions/db-migration/clock.ts';
import { copyDatabase } from '../../functions/db-migration/copy/copy-database.ts';

/** One copy, in a process of its own: `run-copy.ts <folder of secrets> <source> <target>`. Sends what it took of the machine. */
const [folder, source = '', target = ''] = process.argv.slice(2);

await copyDatabase(
  { connections: new SecretFolderConnections(folder), clock: systemClock, busyWaitSeconds: 5 },
  {
    id: 'bench',
    source,
    target,
    sessions: 2,
    chunkBytes: 128 * 1024 * 1024,
    stallSeconds: 300,
    signal: new AbortController().signal,
  },
);
const { user, system } = process.cpuUsage();
process.send?.({ cpuSeconds: (user + system) / 1e6, peakMegabytes: process.resourceUsage().maxRSS / 1024 });
process.disconnect();
