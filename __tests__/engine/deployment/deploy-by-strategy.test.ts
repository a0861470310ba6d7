import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { readDeploymentLog } from '../../../engine/deployment/local/deployment-log.ts';
import type { Transition } from '../../../engine/workflow/transition.ts';
import { CanaryPromotion, type CanaryPromotionOptions } from '../steps/canary-promotion.ts';
import type { Fault } from '../workflow/memory-workflow-store.ts';
import { LoadClient } from './local/load-client.ts';
import { sendRequests } from './local/share-client.ts';

jest.setTimeout(120_000);

let promotion: CanaryPromotion;

async function open(options: CanaryPromotionOptions): Promise<void> {
  promotion = await CanaryPromotion.open(options);
}

afterEach(async () => {
  await promotion.close();
});

function step(name: string) {
  const found = promotion.record.steps.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no step ${name}`);
  return found;
}

async function events(): Promise<readonly string[]> {
  const log = await readDeploymentLog(promotion.playground.environmentFolder);
  return log.map(({ generation, event }) => `${String(generation)} ${event}`);
}

const changesRecorded = (): readonly string[] =>
  promotion.transitions.flatMap(({ changes }) =>
    changes.map(({ kind, subject, before, after }) => `${kind} ${subject}: ${before ?? ''} → ${after ?? ''}`),
  );
const failureOf = (): string => promotion.record.failure?.error.message ?? '';
const processes = async (): Promise<unknown[]> =>
  JSON.parse(await promotion.playground.file('processes.json')) as unknown[];
const waited = (): readonly string[] => promotion.waits.map(({ detail }) => detail);

describe('a blue-green deployment', () => {
  it('starts the release beside, switches all requests at once, and stops the old one when it is verified', async () => {
    await open({ strategy: 'blue-green' });
    const users = new LoadClient(await promotion.url(), 3);
    const { state } = await promotion.runToEnd();
    expect([state, failureOf()]).toEqual(['COMPLETED_SUCCESSFULLY', '']);
    await users.stop();
    expect(users.failures).toEqual([]);
    expect(step('deploy').summary).toMatch(/^blue-green, 0 of [\d,]+ requests failed$/);
    expect(step('stop-previous').summary).toBe('nothing but v2 runs in staging');
    expect(waited()).toContain('staging is starting v2 beside what serves');
    const log = await events();
    expect(log.indexOf('3 shifted')).toBeGreaterThan(log.indexOf('2 available'));
    expect(log.indexOf('4 stopped')).toBeGreaterThan(log.indexOf('3 available'));
    expect(await promotion.accepted()).toEqual([1, 2, 3, 4]);
    expect(await processes()).toHaveLength(1);
    expect((await sendRequests(await promotion.url(), 20)).all).toEqual({ '2 200': 20 });
    expect(changesRecorded().filter((change) => change.startsWith('image'))).toHaveLength(1);
  });

  it('that does not verify is switched back to what was kept, which never stopped', async () => {
    await open({ strategy: 'blue-green', second: { status: 500 } });
    const { pid } = await promotion.playground.ask('api');
    expect((await promotion.runToEnd()).state).toBe('ROLLED_BACK');
    expect(failureOf()).toMatch(/^smoke test \/ of api failed/);
    expect((await promotion.playground.ask('api')).pid).toBe(pid);
    const log = await events();
    expect(log).toEqual(expect.arrayContaining(['3 shifted', '3 kept', '4 shifted', '4 stopped']));
    expect(log).not.toContain('4 starting');
    expect(await processes()).toHaveLength(1);
  });

  it('switches nothing while a critical service is not healthy beside', async () => {
    await open({ strategy: 'blue-green', second: { status: 500 }, healthUrl: '/' });
    expect((await promotion.runToEnd()).state).toBe('ROLLED_BACK');
    expect(step('deploy').error?.message).toMatch(/^nothing was switched in staging: api: answered 500/);
    expect(waited()).toContain('what runs beside in staging must be healthy');
    expect((await events()).filter((event) => event.endsWith('shifted'))).toEqual(['1 shifted']);
    expect((await sendRequests(await promotion.url(), 20)).all).toEqual({ '1 200': 20 });
    expect(changesRecorded().filter((change) => change.startsWith('image'))).toEqual([]);
  });
});

describe('a deployment that recreates', () => {
  it('stops everything before anything starts, refuses requests meanwhile and says how many, which is not held against it', async () => {
    await open({ strategy: 'recreate', second: { startDelayMs: 500 } });
    const users = new LoadClient(await promotion.url(), 2);
    const { state } = await promotion.runToEnd();
    expect([state, failureOf()]).toEqual(['COMPLETED_SUCCESSFULLY', '']);
    await users.stop();
    expect(users.failures.length).toBeGreaterThan(0);
    expect(users.failures.every((failure) => failure.includes('503'))).toBe(true);
    expect(users.versions).toEqual(new Set(['1', '2']));
    const refused = /^recreate, ([\d,]+) of [\d,]+ requests failed$/.exec(step('deploy').summary ?? '')?.[1];
    expect(Number(refused?.replaceAll(',', ''))).toBeGreaterThan(0);
    expect(waited()).toContain('staging is shutting down gracefully, for v2 to start');
    const log = await events();
    expect(log.slice(log.indexOf('2 accepted'))).toEqual([
      ...['2 accepted', '2 drained', '2 stopped', '2 available'],
      ...['3 accepted', '3 starting', '3 ready', '3 shifted', '3 available'],
    ]);
    expect(changesRecorded().filter((change) => change.startsWith('image'))).toHaveLength(1);
  });

  it('goes back the same way: the bad release is stopped before the good one starts', async () => {
    await open({ strategy: 'recreate', second: { status: 500 } });
    expect((await promotion.runToEnd()).state).toBe('ROLLED_BACK');
    const log = await events();
    expect(log.indexOf('5 starting')).toBeGreaterThan(log.indexOf('4 stopped'));
    expect(log).not.toContain('4 starting');
    expect((await sendRequests(await promotion.url(), 20)).all).toEqual({ '1 200': 20 });
  });

  it('whose release does not start brings the old one back', async () => {
    await open({ strategy: 'recreate', second: { readiness: 'ends' } });
    expect((await promotion.runToEnd()).state).toBe('ROLLED_BACK');
    expect(promotion.record.failure?.step).toBe('deploy');
    expect((await sendRequests(await promotion.url(), 20)).all).toEqual({ '1 200': 20 });
  });
});

describe.each(['recreate', 'blue-green'] as const)('a run that dies while it deploys by %s', (strategy) => {
  /** Kills before and after whatever the steps record, once each. */
  function killsAround(names: readonly string[]) {
    const seen = new Set<string>();
    const fault = ({ steps }: Transition): Fault | undefined => {
      for (const own of steps.filter(({ name }) => names.includes(name))) {
        for (const kind of ['die-before', 'die-after'] as const) {
          const place = JSON.stringify([kind, own.name, own.status, own.checkpoint?.['generation']]);
          if (seen.has(place)) continue;
          seen.add(place);
          return kind;
        }
      }
      return undefined;
    };
    return { fault, deaths: () => seen.size };
  }

  it('changes neither its end nor what the platform was asked to do', async () => {
    const { fault, deaths } = killsAround(['deploy', 'stop-previous']);
    await open({ strategy, fault });
    const { state } = await promotion.runToEnd();
    expect([state, failureOf()]).toEqual(['COMPLETED_SUCCESSFULLY', '']);
    expect(deaths()).toBeGreaterThan(4);
    expect(await promotion.accepted()).toEqual(strategy === 'recreate' ? [1, 2, 3] : [1, 2, 3, 4]);
    expect((await sendRequests(await promotion.url(), 20)).all).toEqual({ '2 200': 20 });
    expect(changesRecorded().filter((change) => change.startsWith('image'))).toHaveLength(1);
    expect(await processes()).toHaveLength(1);
  });

  it.each([2, 3])('at generation %i is taken back from there when somebody asks for that', async (generation) => {
    const death = { happened: false };
    await open({
      strategy,
      fault({ steps }) {
        const own = steps.find(({ name }) => name === 'deploy');
        if (death.happened || own?.checkpoint?.['generation'] !== generation) return undefined;
        death.happened = true;
        return 'die-before';
      },
    });
    promotion.afterDeath = () => promotion.askForRollback();
    const { state } = await promotion.runToEnd();
    // A stage that was over at the first look left nothing to die at.
    expect(state).toBe(death.happened ? 'ROLLED_BACK' : 'COMPLETED_SUCCESSFULLY');
    const version = death.happened ? '1' : '2';
    expect((await sendRequests(await promotion.url(), 20)).all).toEqual({ [`${version} 200`]: 20 });
    expect(await processes()).toHaveLength(1);
  });
});
