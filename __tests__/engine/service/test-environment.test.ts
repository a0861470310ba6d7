import { jest } from '@jest/globals';
import type { TokenClaims } from '../../../engine/secrets/token-signer.ts';
import { testEnvironment, type TestEvent } from '../../../engine/service/test-environment.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { RunningDesk } from './running-desk.ts';
import { promoter, rulesOf, rulesText, viewer } from './service-fixture.ts';

jest.setTimeout(120_000);

let server: ScratchPostgres;
let running: RunningDesk;
const { signal } = new AbortController();
const custom = (name: string) => `{ name: ${name}, action: { kind: command, command: ['true'] } }`;

beforeAll(async () => {
  server = await startScratchPostgres();
  const more = `verification: { custom: [${custom('verifies')}, ${custom('both')}] }`;
  const rules = rulesText(more).replace(
    '  - name: staging\n',
    `  - name: staging\n    testing: { custom: [${custom('own')}, ${custom('both')}] }\n`,
  );
  running = await RunningDesk.open(await server.createStoreDatabase(), rules);
});
afterAll(async () => {
  await running.close();
  await server.stop();
});

async function eventsOf(
  environment: string,
  actor: Actor = promoter,
  leavesOut: readonly ('custom' | 'isolation')[] = [],
) {
  const events: TestEvent[] = [];
  for await (const event of running.desk.service.testEnvironment(actor, { environment, leavesOut }, signal)) {
    events.push(event);
  }
  return events;
}

describe('testing an environment', () => {
  it('runs every category in its order, and the team’s own tests of the environment and of promotions into it, each once', async () => {
    const events = await eventsOf('staging');
    expect(events[0]).toEqual({ kind: 'started', application: 'shop', environment: 'staging', release: 'v1' });
    const results = events.flatMap((event) => (event.kind === 'result' ? [event] : []));
    expect([...new Set(results.map(({ category }) => category))]).toEqual([
      ...[
        'service-health',
        'api-endpoints',
        'database',
        'security',
        'performance',
        'integration',
        'isolation',
        'custom',
      ],
    ]);
    const own = results.filter(({ category }) => category === 'custom');
    expect(own.map(({ name }) => name)).toEqual(['own', 'both', 'verifies']);
  });

  it('leaves out what it is told to', async () => {
    const events = await eventsOf('prod', promoter, ['custom', 'isolation']);
    expect(events[0]).toMatchObject({ environment: 'production' });
    expect(events.some((event) => event.kind === 'result' && event.category === 'isolation')).toBe(false);
  });

  it('is for whoever may run tests, and for environments that there are', async () => {
    await expect(eventsOf('staging', viewer)).rejects.toThrow('test-environment needs promoter');
    await expect(eventsOf('stagging')).rejects.toThrow('Did you mean staging?');
  });

  it('makes tokens by the time that services keep, also where the installation’s clock was moved', async () => {
    const signed: TokenClaims[] = [];
    const jwt = 'jwt: { secret: jwt-staging }, protectedEndpoints: [{ service: api, path: /orders }]';
    const rules = rulesOf(rulesText().replace('  - name: staging\n', `  - name: staging\n    testing: { ${jwt} }\n`));
    const theirs = new Date('2026-03-01T12:00:00Z');
    const nextYear = new Date('2027-03-01T12:00:00Z');
    const moved = {
      ...running.desk.context,
      rules: { current: () => Promise.resolve(rules) },
      clock: { now: () => nextYear },
      testing: {
        clock: { now: () => theirs },
        http: { call: () => Promise.reject(new Error('nobody answers')) },
        tokens: {
          sign: (_secret: string, claims: TokenClaims) => {
            signed.push(claims);
            return Promise.resolve('a.b.c');
          },
        },
      },
    };
    const tested = testEnvironment(moved, promoter, { environment: 'staging' }, signal)[Symbol.asyncIterator]();
    while ((await tested.next()).done !== true);
    expect(signed.length).toBeGreaterThan(0);
    expect(signed.filter(({ issuedAt }) => issuedAt > theirs)).toEqual([]);
    expect(signed.some(({ expiresAt }) => expiresAt < theirs)).toBe(true);
  });
});
