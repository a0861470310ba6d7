import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { rulesText } from '../engine/service/service-fixture.ts';
import { RunningDesk } from '../engine/service/running-desk.ts';
import { startScratchPostgres } from '../support/scratch-postgres.ts';
import { ApiFuzz } from './api-fuzz.ts';

/** Usage: npm run test:fuzz:api [-- --requests 10000] [--seed 1]. Counts go to bench/fuzz-api.json. */
const { values } = parseArgs({ options: { requests: { type: 'string' }, seed: { type: 'string' } } });
const { requests, seed } = z
  .object({ requests: z.coerce.number().int().positive().default(10_000), seed: z.coerce.number().int().default(1) })
  .parse(values);

const approvals = 'approvals: { stages: [{ name: checkers, roles: [approver], minimumApprovals: 1 }] }';
const server = await startScratchPostgres();
const running = await RunningDesk.open(await server.createStoreDatabase(), rulesText(approvals));
try {
  await running.release('v5');
  const { findings, ...counts } = await new ApiFuzz(running, seed).run(requests);
  for (const finding of findings) console.log(`✖ ${finding}`);
  console.log(JSON.stringify({ ...counts, findings: findings.length }, undefined, 2));
  await writeFile(
    new URL('../../bench/fuzz-api.json', import.meta.url),
    `${JSON.stringify({ seed, ...counts, findings: findings.length }, undefined, 2)}\n`,
  );
  process.exitCode = findings.length === 0 ? 0 : 1;
} finally {
  await running.close();
  await server.stop();
}
