import { executeStep, type Outcome } from '../../../engine/workflow/execute-step.ts';
import { VirtualClock } from '../../../engine/workflow/clock.ts';
import type { Definition } from '../../../engine/workflow/definition.ts';
import { LogBuffer, type LogLine } from '../../../engine/workflow/log-buffer.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import type { Engine } from '../../../engine/workflow/run-promotion.ts';
import type { StepDefinition } from '../../../engine/workflow/step-definition.ts';
import { StepRegistry } from '../../../engine/workflow/step-registry.ts';
import { moment, sampleDefinition, samplePromotion, sampleRelease, sampleStep } from './sample-promotion.ts';

/** One attempt of a step, with what it left in the log. */
async function attempt(
  run: StepDefinition['run'],
  rules: Partial<Definition> = {},
): Promise<{ readonly outcome: Outcome; readonly lines: string[] }> {
  const step = sampleStep({ name: 'deploy', phase: 'deploy', run });
  const lines: string[] = [];
  const sink = {
    appendLogs: async (written: readonly LogLine[]) => {
      lines.push(...written.map(({ line }) => line));
    },
  };
  const logs = new LogBuffer(sink);
  const engine = {
    store: sink,
    ports: {} as Ports,
    steps: new StepRegistry([step]),
    clock: new VirtualClock(moment),
    stateVersion: 1,
    random: () => 0.5,
  } as unknown as Engine;
  const record = samplePromotion(sampleDefinition([step], rules), { state: 'TRIGGERING_DEPLOYMENT' });
  const { signal } = new AbortController();
  const outcome = await executeStep(engine, logs, {
    record,
    release: sampleRelease,
    step: 'deploy',
    mode: 'run',
    signal,
  });
  await logs.flush();
  return { outcome, lines };
}

describe('an attempt of a step that fails', () => {
  it('leaves the error in the log with its severity, its category and its code', async () => {
    const { outcome, lines } = await attempt(() =>
      Promise.reject(Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), { code: 'ECONNREFUSED' })),
    );
    expect(outcome).toMatchObject({ kind: 'error', error: { severity: 'HIGH', category: 'NETWORK' } });
    expect(lines).toEqual([
      'error HIGH NETWORK ECONNREFUSED: nothing listens there (original error: connect ECONNREFUSED 127.0.0.1:9)',
    ]);
  });

  it('leaves what nobody recognises as UNKNOWN', async () => {
    const { lines } = await attempt(() => Promise.reject(new Error('odd')));
    expect(lines).toEqual(['error HIGH UNKNOWN: odd']);
  });
});

it('an attempt leaves nothing in the log where the rules collect none, and its error where errors are kept', async () => {
  const collects = { logs: false, metrics: true };
  const failed = await attempt(() => Promise.reject(new Error('odd')), { collects });
  expect(failed).toMatchObject({ outcome: { kind: 'error', error: { message: 'odd' } }, lines: [] });
  const done = await attempt(
    async ({ log }) => {
      log('a line');
      return { kind: 'done', summary: 'well', output: {} };
    },
    { collects },
  );
  expect(done).toMatchObject({ outcome: { result: { summary: 'well' } }, lines: [] });
});

describe('an attempt of a step that is done', () => {
  it('leaves in the log what came of it', async () => {
    const { lines } = await attempt(async () => ({ kind: 'done', summary: 'v1 serves again', output: {} }));
    expect(lines).toEqual(['done: v1 serves again']);
  });
});
