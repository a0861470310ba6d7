import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareScenarioFile, type ScenarioFileRequest } from '../../../../engine/simulation/run-scenario-files.ts';
import { pipelineRules, scenarioText } from '../../../engine/simulation/scenario-runner.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../../support/scratch-postgres.ts';
import { record } from '../../support/recorded-command.ts';

let server: ScratchPostgres;
let folder: string;
beforeAll(async () => {
  server = await startScratchPostgres();
  folder = await mkdtemp(join(tmpdir(), 'rules-test-'));
  const steps = '- run: { as: ana, release: v2, to: production }\n  expect: { is: moving }';
  const text = scenarioText(steps).replace('version: 1', 'version: 1\nrules: rules.yaml');
  const second = scenarioText('- expect: { open: { to: production, is: true } }');
  const both = `${text}${second.slice(second.indexOf('  - name')).replace('the scenario', 'the path')}`;
  await writeFile(join(folder, 'rules.yaml'), pipelineRules());
  await writeFile(
    join(folder, 'approved.yaml'),
    pipelineRules('approvals: { stages: [{ name: SRE, people: [sam] }] }'),
  );
  await writeFile(join(folder, 'x.test.yaml'), both);
  await writeFile(join(folder, 'nameless.test.yaml'), scenarioText(steps));
  await writeFile(join(folder, 'bad.test.yaml'), both.replace('is: moving', 'is: mowing'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** `promote rules test` on databases of the test's own server; the folder is left out of what is answered. */
async function test(...words: readonly string[]) {
  const { exitCode, out, errors } = await record(['rules', 'test', ...words], {
    prepareRulesTests: async (request: ScenarioFileRequest) => {
      const prepared = await prepareScenarioFile(request);
      if (!prepared.ok) return prepared;
      const url = await server.createDatabase();
      return { ok: true, rules: prepared.rules, results: prepared.run(url) };
    },
  });
  const short = (text: string): string => text.replaceAll(`${folder}/`, '');
  return { exitCode, out: short(out), errors: short(errors) };
}
const at = (name: string): string => join(folder, name);

describe('promote rules test', () => {
  it('says of each scenario how much time passed in it, and ends well when all are as expected', async () => {
    const { exitCode, out } = await test(at('x.test.yaml'));
    expect(out.replaceAll(/0 s in .*s/g, '…')).toBe(
      'x.test.yaml  rules rules.yaml\n  ✔ the scenario  …\n  ✔ the path  …\n\n✔ 2 scenarios, each as expected\n',
    );
    expect(exitCode).toBe(0);
  });

  it('shows where one is not as expected, what it got, and the engine’s own words; by other rules when told to', async () => {
    const { exitCode, out } = await test(at('x.test.yaml'), '--rules', at('approved.yaml'));
    expect(exitCode).toBe(1);
    expect(out).toContain('✖ the scenario');
    expect(out).toContain(
      [
        '      x.test.yaml:14:19  is',
        '        expected  moving',
        '        got       waiting',
        '        why       0 of 1 approval of stage SRE (sam)',
      ].join('\n'),
    );
    expect(out).toContain('✖ 1 of 2 scenarios not as expected');
  });

  it('prints the same as JSON', async () => {
    const { exitCode, out } = await test(at('x.test.yaml'), '--rules', at('approved.yaml'), '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toEqual({
      ok: false,
      passed: 1,
      failed: 1,
      files: [
        {
          file: 'x.test.yaml',
          rules: 'approved.yaml',
          problems: [],
          scenarios: [
            {
              name: 'the scenario',
              line: 4,
              ok: false,
              from: '2026-11-20T09:00:00.000Z',
              to: '2026-11-20T09:00:00.000Z',
              steps: 1,
              failures: [
                {
                  line: 14,
                  column: 19,
                  what: 'is',
                  expected: 'moving',
                  got: 'waiting',
                  why: '0 of 1 approval of stage SRE (sam)',
                },
              ],
            },
            expect.objectContaining({ name: 'the path', ok: true, failures: [] }),
          ],
        },
      ],
    });
  });

  it('refuses wrong scenarios, wrong rules and absent files before anything runs, each at its place', async () => {
    const bad = await test(at('bad.test.yaml'));
    expect(bad.exitCode).toBe(2);
    expect(bad.errors).toMatch(/^bad\.test\.yaml:14:23 .*must be one of allowed.*; found mowing.*\n.*\n.*\^{6}/);
    expect((await test(at('absent.test.yaml'))).errors).toMatch(/^absent\.test\.yaml:1:1 .* absent/);
    expect((await test(at('x.test.yaml'), '--rules', at('none.yaml'))).errors).toMatch(/^none\.yaml:1:1 .* absent/);
    expect((await test(at('nameless.test.yaml'))).errors).toMatch(/^nameless\.test\.yaml:1:1 .*--rules/);
    expect(await test()).toMatchObject({ exitCode: 2, errors: expect.stringContaining('name a file') as string });
  });
});
