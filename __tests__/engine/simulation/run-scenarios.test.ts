import type { ScenarioFailure } from '../../../engine/simulation/run-scenarios.ts';
import type { SimulationDatabase } from '../../../engine/simulation/simulation.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { openSimulationDatabase, pipelineRules, runText, scenarioText } from './scenario-runner.ts';

let server: ScratchPostgres;
let database: SimulationDatabase & { close(): Promise<void> };
beforeAll(async () => {
  server = await startScratchPostgres();
  database = await openSimulationDatabase(await server.createDatabase());
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

/** What is not as expected in the one scenario of a text. */
async function failures(rules: string, steps: string, given = ''): Promise<readonly ScenarioFailure[]> {
  const [result] = await runText(database, rules, scenarioText(steps, given));
  return result?.failures ?? [];
}
const runV2 = '- run: { as: ana, release: v2, to: production }';

describe('a scenario', () => {
  it('goes through soak, approvals and windows at their own moments, by the engine’s own words', async () => {
    const rules = pipelineRules(`soakSeconds: 24h
approvals: { stages: [{ name: SRE, people: [sam, sofia], minimumApprovals: 2, timeoutSeconds: 12h }] }
windows: [{ kind: weekly, days: [monday], from: '09:00', to: '10:00', timeZone: America/New_York }]`);
    const steps = `
- at: +1h
  run: { as: ana, release: v2, to: prod }
  expect: { is: waiting, waitsFor: soak, until: 2026-11-21T09:00 }
- at: 2026-11-21T09:00
  expect: { waitsFor: approval, stage: SRE, until: 2026-11-21T21:00, approvedBy: [] }
- { approve: { as: sam } }
- expect: { waitsFor: approval, approvedBy: [sam] }
- { approve: { as: sofia } }
- expect: { waitsFor: window, until: 2026-11-23T14:00, approvedBy: [sofia, sam], runs: { production: v1 } }
- at: 2026-11-23T14:00
  expect: { is: moving }
- at: +1m
  expect: { is: promoted, runs: { production: v2, staging: v2 }, verified: { production: true } }`;
    expect(await failures(rules, steps)).toEqual([]);
  });

  it('may give a person one of the rules’ own roles', async () => {
    const rules = pipelineRules(
      'approvals: { stages: [{ name: SRE, roles: [sre] }] }',
      'roles: [{ name: sre, people: [sofia] }]\n',
    );
    const steps = `
${runV2}
- expect: { waitsFor: approval }
- approve: { as: sam }
- at: +1m
  expect: { is: promoted }`;
    const told = async (text: string) => (await runText(database, rules, text)).map((each) => each.failures);
    const text = scenarioText(steps);
    expect(await told(text.replace('alan: [approver]', 'sam: [sre]'))).toEqual([[]]);
    expect(await told(text.replace('alan: [approver]', 'sam: [approver]'))).not.toEqual([[]]);
  });

  it('is told with line, expected, got and why where it is not as expected, and stops there', async () => {
    const rules = pipelineRules(
      '',
      "freezes: [{ kind: once, name: audit, reason: auditors are here, from: '2026-11-20T00:00:00Z', to: '2026-11-27T00:00:00Z' }]\n",
    );
    const [result] = await runText(
      database,
      rules,
      scenarioText(`
${runV2}
  expect:
    is: promoted
    until: 2026-11-26T00:00
- expect: { is: rejected }`),
    );
    const why = 'production is frozen until 2026-11-27 00:00:00 UTC by audit (auditors are here)';
    expect(result).toMatchObject({ name: 'the scenario', line: 3, isPassed: false, steps: 1 });
    expect(result?.failures).toEqual([
      { line: 14, column: 11, what: 'is', expected: 'promoted', got: 'waiting', why },
      { line: 15, column: 11, what: 'until', expected: '2026-11-26T00:00:00Z', got: '2026-11-27T00:00:00Z', why },
    ]);
  });

  it('says when something was refused that it did not expect to be', async () => {
    expect(await failures(pipelineRules(), '- run: { as: mallory, release: v2, to: production }')).toEqual([
      expect.objectContaining({
        line: 12,
        what: 'run',
        expected: 'allowed',
        got: 'refused',
        why: expect.stringMatching(/^mallory has no role/) as string,
      }),
    ]);
    const steps = `
- run: { as: ana, release: v2, to: production, from: dev }
  expect: { is: refused, why: skips staging }
- hold: { as: ana, environment: production }
  expect: { is: refused, why: hold needs operator }`;
    expect(await failures(pipelineRules(), steps)).toEqual([]);
  });

  it('compares the openings of a path, with what people have declared', async () => {
    const rules = pipelineRules(
      "windows: [{ kind: weekly, days: [friday], from: '09:00', to: '17:00', timeZone: Europe/Berlin }]",
    );
    const steps = `
- freeze: { as: olga, name: audit, from: 2026-11-27T12:00, to: 2026-11-27T13:00, reason: audit }
  expect: { is: allowed }
- expect:
    open: { to: prod, is: true, until: 2026-11-20T16:00 }
    openings:
      to: prod
      until: 2026-12-01
      count: 3
      hours: 14
      are:
        - { from: 2026-11-20T09:00, to: 2026-11-20T16:00 }
        - { from: 2026-11-27T08:00, to: 2026-11-27T12:00 }
        - { from: 2026-11-27T13:00, to: 2026-11-27T16:00 }
- at: 2026-11-27T12:30
  expect: { open: { to: prod, is: false, until: 2026-11-27T13:00, why: 'audit, which somebody declared' } }
- liftFreeze: { as: olga, name: audit }
- expect: { open: { to: prod, is: false } }`;
    expect(await failures(rules, steps)).toEqual([
      expect.objectContaining({ line: 28, what: 'open.is', expected: 'closed', got: 'open' }),
    ]);
  });

  it('holds, freezes, overrides and cancels as people do', async () => {
    const rules = pipelineRules('freezeOverride: { people: [olga] }', '');
    const steps = `
- hold: { as: olga, environment: production, until: 2026-11-21 }
- run: { as: olga, release: v2, to: production, name: first }
  expect: { waitsFor: window, until: 2026-11-21, why: held }
- unhold: { as: olga, environment: production }
- freeze: { as: olga, name: audit, to: 2026-11-25 }
- { at: +1m, expect: { promotion: first, is: promoted } }
- releases: { v3: { verifiedIn: [staging] } }
- run: { as: olga, release: v3, to: production, name: second }
  expect: { waitsFor: window, why: audit }
- cancel: { as: olga, promotion: second }
  expect: { is: cancelled, promotion: second }
- run: { as: olga, release: v3, to: production, overrideFreeze: true, reason: revenue }
- { at: +1m, expect: { is: promoted, runs: { prod: v3 } } }`;
    expect(await failures(rules, steps)).toEqual([]);
  });

  it('takes a bad release back by itself, pauses what moves by itself, and lets it go on when told to', async () => {
    const rules = pipelineRules('autoPromote: true\nsoakSeconds: 1h\nverification: { timeoutSeconds: 10 }');
    const steps = `
- { environments: { production: { deployments: unhealthy } } }
- { at: 2026-11-20T10:20, expect: { is: rolled-back, why: not healthy, runs: { production: v1 } } }
- { environments: { production: { deployments: work } } }
- releases: { v3: { verifiedIn: [staging] } }
- { at: +2h, expect: { runs: { production: v1 } } }
- { resume: { as: olga, environment: production } }
- { at: +1m, expect: { is: promoted, runs: { production: v3 } } }`;
    expect(await failures(rules, steps)).toEqual([]);
  });

  it('runs no command: a custom gate or step ends as the scenario says, and what it does not say is no pass', async () => {
    const rules = pipelineRules(
      'gates: { custom: [{ name: licences, action: { kind: command, command: ["false"] } }] }',
    );
    const steps = (expected: string) => `${runV2}\n  expect: ${expected}`;
    const undeclared = '{ is: refused, gates: { licences: fail }, why: does not say how licences ends }';
    expect(await failures(rules, steps(undeclared))).toEqual([]);
    expect(
      await failures(rules, steps('{ is: moving, gates: { licences: pass } }'), 'actions: { licences: succeeds }'),
    ).toEqual([]);
    expect(
      await failures(rules, steps('{ is: refused, gates: { licences: fail } }'), 'actions: { licences: fails }'),
    ).toEqual([]);
  });

  it('has images signed by whom it names, verified with keys that stand for the rules’ own', async () => {
    const key = (name: string): string => `{ name: ${name}, file: ${name}.pub }`;
    const rules = pipelineRules(`gates: { signature: { keys: [${key('us')}, ${key('them')}], signers: [us] } }`);
    const signed = (by: string): string => `- releases: { v2: { signedBy: [${by}] } }\n${runV2}\n`;
    expect(await failures(rules, `${signed('us')}  expect: { is: moving, gates: { signature: pass } }`)).toEqual([]);
    expect(await failures(rules, `${signed('them')}  expect: { is: refused, gates: { signature: fail } }`)).toEqual([]);
    expect(await failures(rules, `${runV2}\n  expect: { is: refused, why: is not signed }`)).toEqual([]);
    const evidence = pipelineRules('gates: { signature: { signers: [us] } }');
    expect(await failures(evidence, `${signed('us')}  expect: { is: moving }`)).toEqual([]);
  });

  it('is refused by gates whose evidence has grown too old while it waited', async () => {
    const rules = pipelineRules(`gates: { coverage: { minimumPercent: 80, maxAgeSeconds: 24h } }
approvals: { stages: [{ name: SRE, people: [sam], timeoutSeconds: 7d }] }`);
    const steps = `
- releases: { v2: { evidence: [{ fact: { kind: coverage, linesPercent: 80 } }] } }
${runV2}
  expect: { waitsFor: approval, gates: { coverage: pass } }
- at: +25h
  approve: { as: sam }
  expect: { is: refused, why: old }`;
    expect(await failures(rules, steps)).toEqual([]);
  });

  it('waits for the load test after the deployment, and takes a release back that fails it or never gets one', async () => {
    const rules = pipelineRules('gates: { load: { phases: [after], waitSeconds: 10m } }');
    const load = (failed: number): string =>
      `{ fact: { kind: load, tool: k6, requestsPerSecond: 200, errorRatePercent: ${String(failed)}, phase: after } }`;
    const steps = (later: string): string => `
- releases: { v2: { evidence: [${load(0)}] } }
- at: +1h
  run: { as: ana, release: v2, to: production }
- at: +2m
  expect: { is: moving, waitsFor: bake, why: there is one from before it, runs: { production: v2 } }
${later}`;
    const added = (failed: number, expected: string): string =>
      steps(`- { at: +1m, releases: { v2: { evidence: [${load(failed)}] } } }\n- { at: +2m, expect: ${expected} }`);
    const promoted = '{ is: promoted, gates: { load: pass }, verified: { production: true } }';
    expect(await failures(rules, added(1, promoted))).toEqual([]);
    const bad = '{ is: rolled-back, why: 1.01 % failed, runs: { production: v1 } }';
    expect(await failures(rules, added(1.01, bad))).toEqual([]);
    const never = '{ is: rolled-back, why: no usable load test after the deployment, runs: { production: v1 } }';
    expect(await failures(rules, steps(`- { at: +10m, expect: ${never} }`))).toEqual([]);
  });

  it('says what is wrong with itself: names that the rules do not have, promotions that nobody asked for', async () => {
    expect(await failures(pipelineRules(), '- { environments: { live: { healthy: true } } }')).toEqual([
      expect.objectContaining({
        line: 12,
        got: 'the rules name no environment live; they name dev, staging, production',
      }),
    ]);
    expect(await failures(pipelineRules(), '- { approve: { as: alan } }')).toEqual([
      expect.objectContaining({ got: 'nobody has asked for a promotion yet' }),
    ]);
    expect(await failures(pipelineRules(), '- { approve: { as: alan, promotion: first } }')).toEqual([
      expect.objectContaining({ got: 'no step named a promotion first; none has a name' }),
    ]);
  });

  it('comes out the same each time, also where promotions queue at one moment', async () => {
    const steps = `
- run: { as: ana, release: v2, to: production, name: first }
  expect: { is: moving }
- releases: { v3: { verifiedIn: [staging] } }
- run: { as: ana, release: v3, to: production, name: second }
  expect: { waitsFor: slot }
- releases: { v4: { verifiedIn: [staging] } }
- run: { as: ana, release: v4, to: production, name: third }
  expect: { waitsFor: slot }
- at: +5s
  expect: { promotion: second, is: moving }
- at: +5s
  expect: { promotion: third, is: moving }
- at: +5s
  expect: { promotion: third, is: promoted }`;
    for (let time = 0; time < 3; time += 1) expect(await failures(pipelineRules(), steps)).toEqual([]);
  });
});
