import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { prepareScenarioFile } from '../../../engine/simulation/run-scenario-files.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';

const folder = fileURLToPath(new URL('../../../examples/rules/', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.test.yaml'));

let server: ScratchPostgres;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});

describe('the scenarios of the examples', () => {
  it('are for a pipeline of four environments, one with windows, and one that extends its organisation’s', () => {
    expect(files).toEqual(['dev-staging-canary-production.test.yaml', 'quikapp.test.yaml', 'team.test.yaml']);
  });

  it.each(files)('examples/rules/%s are each as expected', async (name) => {
    const prepared = await prepareScenarioFile({ file: `${folder}${name}`, rules: undefined, extending: {} });
    if (!prepared.ok)
      throw new Error(prepared.problems.map(({ line, message }) => `${String(line)}: ${message}`).join('\n'));
    const failures: unknown[] = [];
    for await (const result of prepared.run(await server.createDatabase())) failures.push(...result.failures);
    expect(failures).toEqual([]);
  });
});
