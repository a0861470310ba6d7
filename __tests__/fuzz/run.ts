import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { z } from 'zod';
import { ServiceDesk } from '../engine/service/service-fixture.ts';
import { startScratchPostgres } from '../support/scratch-postgres.ts';
import { FuzzTest } from './fuzz-test.ts';

/** Usage: npm run test:fuzz [-- --inputs 10000] [--seed 1]. Counts go to bench/fuzz.json. */
const { values } = parseArgs({ options: { inputs: { type: 'string' }, seed: { type: 'string' } } });
const options = z
  .object({ inputs: z.coerce.number().int().positive().default(10_000), seed: z.coerce.number().int().default(1) })
  .parse(values);

const server = await startScratchPostgres();
try {
  const url = await server.createDatabase();
  const desk = await ServiceDesk.open(url);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const result = await new FuzzTest(desk, client, options.seed).run(options);
    for (const finding of result.findings) console.log(finding);
    console.log(JSON.stringify({ ...result, findings: result.findings.length }, undefined, 2));
    const file = new URL('../../bench/fuzz.json', import.meta.url);
    await writeFile(
      file,
      `${JSON.stringify({ date: new Date().toISOString(), seed: options.seed, ...result }, undefined, 2)}\n`,
    );
    process.exitCode = result.findings.length > 0 ? 1 : 0;
  } finally {
    await client.end();
    await desk.close();
  }
} finally {
  await server.stop();
}
