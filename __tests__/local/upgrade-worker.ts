import { connectStore } from '../../engine/store/postgres/connect.ts';
import { SystemClock } from '../../engine/workflow/clock.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import { StepRegistry } from '../../engine/workflow/step-registry.ts';
import { Worker } from '../../engine/workflow/worker.ts';
import { schemaOf, stateVersions, stepsOf, type EngineVersion } from './upgrade-engines.ts';

/** A worker process of one version: DATABASE_URL, then the version, the witness file and how long to stay. */
const [version = 'N', witness = '', lingerSeconds = '1'] = process.argv.slice(2);
const engineVersion: EngineVersion = version === 'N+1' ? 'N+1' : 'N';

const { store, close } = await connectStore({
  url: process.env['DATABASE_URL'] ?? '',
  migrations: await schemaOf(engineVersion),
});
const worker = new Worker(
  {
    store,
    ports: {} as Ports,
    steps: new StepRegistry(stepsOf(engineVersion, witness)),
    clock: new SystemClock(),
    stateVersion: stateVersions[engineVersion],
    random: Math.random,
  },
  {
    owner: engineVersion,
    leaseSeconds: 2,
    lingerSeconds: Number(lingerSeconds),
    onError: (_, error) => {
      process.stderr.write(`${String(error)}\n`);
    },
  },
);
await worker.run();
await close();
