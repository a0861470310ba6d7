import { judgeScenarios } from '../../../engine/simulation/read-scenarios.ts';
import { runScenarios, type ScenarioResult } from '../../../engine/simulation/run-scenarios.ts';
import type { SimulationDatabase } from '../../../engine/simulation/simulation.ts';
import { readRulesDocument } from '../../../engine/rules/rules-document.ts';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { connectStore } from '../../../engine/store/postgres/connect.ts';
import { VirtualTime } from '../../../engine/store/postgres/virtual-time.ts';

/** dev → staging → production of one application. @param path further settings of staging → production. */
export function pipelineRules(path = '', more = ''): string {
  const targets =
    '{ deployment: { kind: local }, registry: r/<env>, database: <app>-<env>, configuration: { repository: c }, flags: { kind: file } }';
  return `version: 1
applications: [{ name: shop, services: [{ name: api }, { name: web, kind: frontend }] }]
environments:
  - { name: dev, targets: ${targets} }
  - { name: staging, targets: ${targets} }
  - { name: production, aliases: [prod], targets: ${targets} }
paths:
  - { from: dev, to: staging }
  - from: staging
    to: production
${path
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n')}
${more}`;
}

/** The steps of a scenario that begins on Friday, 20 November 2026, at 09:00 UTC, with v2 verified in staging. */
export function scenarioText(steps: string, given = ''): string {
  const indented = (text: string, by: number): string =>
    text
      .trim()
      .split('\n')
      .map((line) => `${' '.repeat(by)}${line}`)
      .join('\n');
  return `version: 1
scenarios:
  - name: the scenario
    start: 2026-11-20T09:00
    given:
      people: { ana: [promoter], olga: [operator], alan: [approver] }
      releases:
        v1: { verifiedIn: [dev, staging, production] }
        v2: { verifiedIn: [dev, staging] }
${given === '' ? '' : indented(given, 6)}
    steps:
${indented(steps, 6)}
`;
}

export async function openSimulationDatabase(url: string): Promise<SimulationDatabase & { close(): Promise<void> }> {
  const time = await VirtualTime.install(url, new Date(0));
  const connection = await connectStore({ url, maximumConnections: 4 });
  return {
    store: connection.store,
    time,
    close: async () => {
      await connection.close();
      await time.close();
    },
  };
}

/** Runs the scenarios of a text by the rules of another, in a database that may have been used before. */
export async function runText(
  database: SimulationDatabase,
  rules: string,
  scenarios: string,
): Promise<readonly ScenarioResult[]> {
  const parsed = parseRules(rules, 'rules.yaml');
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  const read = judgeScenarios(readRulesDocument(scenarios, 'x.test.yaml'));
  if (!read.ok) throw new Error(read.problems.map(({ line, message }) => `${String(line)}: ${message}`).join('\n'));
  await database.time.clear();
  const results: ScenarioResult[] = [];
  for await (const result of runScenarios(read, parsed.rules, database)) results.push(result);
  return results;
}
