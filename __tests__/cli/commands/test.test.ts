import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Place, TestEvent, TestResult } from '../../../engine/promotion-service.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

const started: TestEvent = { kind: 'started', application: 'shop', environment: 'development', release: 'v2' };
const result = (changes: Partial<TestResult> = {}): TestEvent => ({
  kind: 'result',
  category: 'service-health',
  name: 'orders is healthy',
  verdict: 'passed',
  detail: '/healthz in 12 ms',
  remedy: undefined,
  ...changes,
});
const failed = result({
  category: 'security',
  name: 'orders GET /orders refuses a forged token',
  verdict: 'failed',
  detail: 'answered 200',
  remedy: 'let orders answer 401 there',
});
const untested = result({
  category: 'integration',
  name: 'services',
  verdict: 'untested',
  detail: 'the rules name none',
});

function sessionOf(...events: readonly TestEvent[]) {
  const asked: Place[] = [];
  const session = fakeSession({
    async *testEnvironment(_actor, place) {
      asked.push(place);
      yield started;
      yield* events;
    },
  });
  return { session, asked };
}

describe('promote test', () => {
  it('shows each test as it comes, in its category, and how many passed', async () => {
    const { session, asked } = sessionOf(result(), result({ name: 'web is healthy' }), untested);
    const { exitCode, out } = await record(['test', 'development', 'shop'], { session });
    expect(exitCode).toBe(0);
    expect(asked).toEqual([{ environment: 'development', application: 'shop' }]);
    expect(out).toBe(`Testing shop in development   v2 runs there

Service health
  ✔ orders is healthy                                      /healthz in 12 ms
  ✔ web is healthy                                         /healthz in 12 ms

Integration
  – services                                               the rules name none

✔ 2 passed, 0 failed, 1 not tested.
`);
  });

  it('ends with 1 when one fails, with what failed and what to do', async () => {
    const { exitCode, out } = await record(['test', 'development'], { session: sessionOf(result(), failed).session });
    expect(exitCode).toBe(1);
    expect(out).toContain(`✖ 1 passed, 1 failed, 0 not tested.
  Security: orders GET /orders refuses a forged token: answered 200
      → let orders answer 401 there
`);
  });

  it('does not take an environment of which nothing was tested for a good one', async () => {
    const { exitCode, out } = await record(['test', 'development'], { session: sessionOf(untested).session });
    expect(exitCode).toBe(1);
    expect(out).toContain('✖ Nothing could be tested');
  });

  it('is one JSON document with every result', async () => {
    const { exitCode, out } = await record(['test', 'development', '--json'], {
      session: sessionOf(result(), failed).session,
    });
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      application: 'shop',
      environment: 'development',
      release: 'v2',
      results: [
        { category: 'service-health', verdict: 'passed', remedy: null },
        { category: 'security', verdict: 'failed', remedy: 'let orders answer 401 there' },
      ],
    });
  });

  it('keeps what it says where the guide says, and what tests of your own print', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'test-'));
    const line: TestEvent = { kind: 'line', test: 'checkout', line: 'paid 4.90' };
    const { session } = sessionOf(line, result({ category: 'custom', name: 'checkout' }));
    const { out } = await record(['test', 'development', '--log'], { session, logFolder: folder });
    const [file = ''] = await readdir(folder);
    expect(file).toMatch(/^promotion-tests-\d{8}-\d{6}\.log$/);
    const text = await readFile(join(folder, file), 'utf8');
    expect(text).toContain('      paid 4.90\n');
    expect(text.replace('      paid 4.90\n', '')).toBe(out);
    expect(out).not.toContain('paid');
    await rm(folder, { recursive: true });
  });

  it('needs an environment', async () => {
    const { exitCode, errors } = await record(['test'], { session: sessionOf().session });
    expect([exitCode, errors]).toEqual([2, expect.stringContaining("missing required argument 'environment'")]);
  });
});
