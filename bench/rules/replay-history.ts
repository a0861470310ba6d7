import type { Client } from 'pg';
import type { EvidenceFact } from '../../engine/evidence/evidence.ts';
import { parseRules } from '../../engine/rules/parse-rules.ts';
import type { Rules } from '../../engine/rules/schema.ts';
import { Simulation, type SimulationDatabase } from '../../engine/simulation/simulation.ts';
import type { Actor } from '../../engine/workflow/actor.ts';

export const applications = 300;
export const promotionsEach = 40;
const start = new Date('2026-03-02T08:00:00.000Z');
const hourMs = 3_600_000;

export function applicationName(index: number): string {
  return `app-${String(index).padStart(3, '0')}`;
}

/** @param path settings of staging → production. */
export function replayRules(path: string): Rules {
  const targets =
    '{ deployment: { kind: local }, registry: r/<env>, database: <app>-<env>, configuration: { repository: c }, flags: { kind: file } }';
  const names = Array.from({ length: applications }, (_, index) => applicationName(index));
  const parsed = parseRules(
    `version: 1
applications:
${names.map((name) => `  - { name: ${name}, services: [{ name: api }, { name: web, kind: frontend }] }`).join('\n')}
environments:
  - { name: staging, targets: ${targets} }
  - { name: production, targets: ${targets} }
roles: [{ name: sre, people: [sam, sofia] }]
paths:
  - from: staging
    to: production
${path
  .trim()
  .split('\n')
  .map((line) => `    ${line}`)
  .join('\n')}
`,
    'rules of the benchmark',
  );
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.rules;
}

export const ownPath = `
soakSeconds: 1h
gates: { coverage: { minimumPercent: 80 }, tests: { suites: [unit] }, findings: {} }
approvals: { stages: [{ name: SRE, roles: [sre], timeoutSeconds: 12h }] }
windows: [{ kind: weekly, days: [monday, tuesday, wednesday, thursday, friday], from: '06:00', to: '20:00', timeZone: Europe/Berlin }]`;

export const proposedPath = `
soakSeconds: 2h
gates: { coverage: { minimumPercent: 85 }, tests: { suites: [unit] }, findings: { maximumAgeSeconds: { high: 7d } } }
approvals: { stages: [{ name: SRE, roles: [sre], minimumApprovals: 2, timeoutSeconds: 12h }] }
windows: [{ kind: weekly, days: [monday, tuesday, wednesday, thursday], from: '06:00', to: '20:00', timeZone: Europe/Berlin }]`;

/** Has one application promoted for real: some well, some refused, rejected, expired, or by two people. */
export async function promoteOne(database: SimulationDatabase, rules: Rules): Promise<void> {
  await database.time.set(start);
  const simulation = new Simulation(database, rules, applicationName(0), start);
  for (let number = 0; number < promotionsEach; number += 1) await promote(simulation, number);
}

const ana: Actor = { id: 'ana', verified: true, roles: ['promoter'], via: 'cli' };
const person = (id: string): Actor => ({ id, verified: true, roles: [], via: 'cli' });

async function promote(simulation: Simulation, number: number): Promise<void> {
  const { application, service } = simulation;
  const at = (hours: number): Date => new Date(start.getTime() + (number * 14 + hours) * hourMs);
  await simulation.advanceTo(at(0));
  const release = await simulation.bringRelease(`v${String(number)}`, ['dora'], at(0));
  await simulation.verify(release, 'staging', at(0));
  const facts: readonly EvidenceFact[] = [
    { kind: 'coverage', linesPercent: 78 + (number % 12) },
    { kind: 'tests', suite: 'unit', passed: 200, failed: number % 9 === 0 ? 1 : 0, skipped: 0 },
    { kind: 'findings', scanner: 'trivy', critical: 0, high: 0, medium: 0, low: 0, items: [] },
  ];
  await simulation.addEvidence(
    release,
    facts.map((fact) => ({ fact, collectedAt: at(0) })),
  );
  await simulation.advanceTo(at(0.5));
  const promotionId = await service.run(ana, { application, release: release.name, to: 'production' });
  await simulation.settle();
  for (const [hours, who] of [
    [3, 'sam'],
    [4, 'sofia'],
  ] as const) {
    await simulation.advanceTo(at(hours));
    const decision = number % 11 === 10 ? 'rejected' : 'approved';
    const record = await simulation.store.load(promotionId);
    if (record?.state !== 'PENDING_APPROVAL' || number % 7 === 6) continue;
    await service.decide(person(who), { promotionId, decision, comment: 'seen' });
    await simulation.settle();
  }
}

/** What the first application has, every other one has, too: rows are made in the server, under names of its own. */
export async function copyToOthers(client: Client): Promise<void> {
  const first = applicationName(0);
  const named = (column: string): string => `replace(${column}, '${first}', a.name)`;
  const own = (column: string): string => `${column} || '-' || a.name`;
  const json = (column: string): string => `replace(${column}::text, '${first}', a.name)::jsonb`;
  await client.query(
    `insert into application (name) select 'app-' || lpad(n::text, 3, '0') from generate_series(1, $1::int) as n`,
    [applications - 1],
  );
  const others = `application a where a.name <> '${first}'`;
  // A digest of its own for each, so that evidence is of one release of one application.
  const digest = (column: string): string => `'sha256:' || encode(sha256((${column} || a.name)::bytea), 'hex')`;
  const copies: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ['release', { id: own('t.id'), application: 'a.name', digest: digest('t.digest') }],
    ['evidence', { id: own('t.id'), release_digest: digest('t.release_digest') }],
    [
      'promotion',
      {
        id: own('t.id'),
        application: 'a.name',
        release_id: own('t.release_id'),
        definition: json('t.definition'),
        idempotency_key: 'null',
        resources: `array(select ${named('r')} from unnest(t.resources) as r)`,
      },
    ],
    ['step', { promotion_id: own('t.promotion_id') }],
    ['event', { promotion_id: own('t.promotion_id') }],
    [
      'deployed_release',
      { id: '', application: 'a.name', release_id: own('t.release_id'), promotion_id: own('t.promotion_id') },
    ],
  ];
  for (const [table, changed] of copies) {
    const { rows } = await client.query<{ name: string }>(
      `select column_name as name from information_schema.columns
       where table_schema = 'public' and table_name = $1 order by ordinal_position`,
      [table],
    );
    const columns = rows.map(({ name }) => name).filter((name) => changed[name] !== '');
    const values = columns.map((name) => changed[name] ?? `t.${name}`);
    const order = table === 'deployed_release' ? ' order by t.id' : '';
    await client.query(
      `insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from ${table} t, ${others}${order}`,
    );
  }
  await client.query('analyze');
}
