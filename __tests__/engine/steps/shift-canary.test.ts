import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { z } from 'zod';
import { notMeasuredCode } from '../../../engine/deployment/not-measured-error.ts';
import { canaryReadingSchema } from '../../../engine/verification/canary-readings.ts';
import type { Transition } from '../../../engine/workflow/transition.ts';
import { sendRequests, type ShareTally } from '../deployment/local/share-client.ts';
import { isAlive } from '../deployment/local/playground.ts';
import type { Fault } from '../workflow/memory-workflow-store.ts';
import { CanaryPromotion, canaryRules, type CanaryPromotionOptions } from './canary-promotion.ts';

jest.setTimeout(120_000);

let promotion: CanaryPromotion;

async function open(options: CanaryPromotionOptions = {}): Promise<void> {
  promotion = await CanaryPromotion.open(options);
}

afterEach(async () => {
  await promotion.close();
});

/** Sends requests and waits until the platform has published that it counted them. */
async function visit(requests: number): Promise<ShareTally> {
  const total = async (): Promise<number> => {
    const { canary } = await promotion.status();
    return (canary?.canary.requests ?? 0) + (canary?.baseline.requests ?? 0);
  };
  const before = await total();
  const tally = await sendRequests(await promotion.url(), requests);
  while ((await total()) < before + requests) await new Promise((resolve) => setTimeout(resolve, 20));
  return tally;
}

function step(name: string) {
  const found = promotion.record.steps.find((each) => each.name === name);
  if (found === undefined) throw new Error(`there is no step ${name}`);
  return found;
}

/** Which release the engine was told that the environment runs, in order. */
function recorded(): readonly string[] {
  return promotion.transitions.flatMap(({ environment }) => (environment === undefined ? [] : [environment.releaseId]));
}

/** What was kept of the looks: the requests of the canary, and how many of them failed. */
function readings(): readonly (readonly [number, number])[] {
  const { readings: kept } = z
    .looseObject({ readings: z.array(canaryReadingSchema) })
    .parse(step('shift-canary').output);
  return kept.map(({ canary: { requests, failed } }) => [requests, failed]);
}

const failureOf = (): string => promotion.record.failure?.error.message ?? '';

describe('a good canary', () => {
  it('gets all requests after its hour, and no request is lost on the way', async () => {
    await open();
    const startedAt = promotion.clock.now();
    const looks: number[] = [];
    const { state } = await promotion.runToEnd(async (look) => {
      looks.push(look);
      if (look > 3) return;
      const tally = await visit(200);
      expect(tally.count('1', 200) + tally.count('2', 200)).toBe(200);
      expect(Math.abs(tally.count('2', 200) - 20)).toBeLessThanOrEqual(5);
    });
    expect([state, failureOf()]).toEqual(['COMPLETED_SUCCESSFULLY', '']);
    expect(looks).toHaveLength(60);
    expect(promotion.clock.now().getTime() - startedAt.getTime()).toBeGreaterThanOrEqual(3_600_000);
    const [wait] = promotion.waits.filter(({ reason }) => reason === 'canary');
    expect(wait?.detail).toMatch(/^v2 gets 10 % of the requests in staging until 2026-11-20 11:00:/);
    expect(step('deploy').summary).toBe('canary of 10 %, 0 of 0 requests failed');
    expect(step('shift-canary').summary).toMatch(
      /^10 %: 0 of (5|6)\d requests of the canary failed, 0 of 5\d\d of the old instances$/,
    );
    expect(readings()).toHaveLength(61);
    expect(readings()[0]).toEqual([0, 0]);
    expect(readings().at(-1)?.[0]).toBeGreaterThanOrEqual(50);
    expect((await sendRequests(await promotion.url(), 20)).all).toEqual({ '2 200': 20 });
    expect(await promotion.accepted()).toEqual([1, 2, 3]);
    // Not before it has all requests.
    expect(recorded()).toEqual(['rel-shop-v2', 'rel-shop-v2']);
    expect(JSON.parse(await promotion.playground.file('processes.json'))).toHaveLength(1);
  });

  it('is done at once where there is no instance to compare with', async () => {
    await open({ isFirst: true });
    const { state } = await promotion.runToEnd();
    expect([state, failureOf()]).toEqual(['COMPLETED_SUCCESSFULLY', '']);
    expect(promotion.waits.map(({ reason }) => reason)).not.toContain('canary');
    expect(step('shift-canary').summary).toBe('nothing to compare: v2 replaces no instance in staging');
  });
});

describe('a bad canary', () => {
  it('that answers with errors is taken back; only its share was touched, and the old instance not at all', async () => {
    await open({ second: { status: 500 } });
    const { pid } = await promotion.playground.ask('api');
    const { state } = await promotion.runToEnd(async () => {
      const tally = await visit(100);
      expect(Object.keys(tally.all).sort()).toEqual(['1 200', '2 500']);
      expect(tally.count('2', 500)).toBeLessThanOrEqual(15);
    });
    expect(state).toBe('ROLLED_BACK');
    expect(promotion.waits.filter(({ reason }) => reason === 'canary')).toHaveLength(1);
    expect(failureOf()).toMatch(
      /^the canary of v2 in staging is not good enough: 100\.00 % of its requests failed, allowed are 1 %/,
    );
    // The look that condemned it is among them.
    const [requests = 0, failed] = readings().at(-1) ?? [];
    expect(requests).toBeGreaterThan(0);
    expect(failed).toBe(requests);
    expect(promotion.transitions.flatMap(({ markBad }) => markBad?.releaseId ?? [])).toEqual(['rel-shop-v2']);
    expect((await sendRequests(await promotion.url(), 50)).all).toEqual({ '1 200': 50 });
    expect((await promotion.playground.ask('api')).pid).toBe(pid);
    expect(recorded()).toEqual(['rel-shop-v1', 'rel-shop-v1']);
    expect(await promotion.accepted()).toEqual([1, 2, 3]);
    expect(JSON.parse(await promotion.playground.file('processes.json'))).toHaveLength(1);
  });

  it('that never becomes ready fails in the deployment, before anybody meets it', async () => {
    await open({ second: { readiness: 'ends' } });
    expect((await promotion.runToEnd()).state).toBe('ROLLED_BACK');
    expect(promotion.record.failure?.step).toBe('deploy');
    expect((await sendRequests(await promotion.url(), 20)).all).toEqual({ '1 200': 20 });
  });

  it('that crashes more than once is taken back', async () => {
    await open({ canary: { ...canaryRules, percentage: 99 } });
    await promotion.runToCanary();
    for (const restarts of [1, 2]) {
      await expect(promotion.playground.ask('api', '/crash')).rejects.toThrow('502');
      await promotion.playground.until(({ canary }) => {
        const [service] = canary?.services ?? [];
        return service?.restarts === restarts && service.isReady;
      });
    }
    expect((await promotion.runToEnd()).state).toBe('ROLLED_BACK');
    expect(failureOf()).toMatch(/api ended and was restarted 2 times$/);
  });
});

describe('too little traffic', () => {
  it.each([
    ['nobody came', 0],
    ['too few came', 50],
  ])('fails a canary at the end of its hour and not before, because %s', async (_case, requests) => {
    await open();
    const startedAt = promotion.clock.now();
    const { state } = await promotion.runToEnd(async (look) => {
      if (look === 1 && requests > 0) await visit(requests);
    });
    expect(state).toBe('ROLLED_BACK');
    expect(promotion.clock.now().getTime() - startedAt.getTime()).toBeGreaterThanOrEqual(3_600_000);
    expect(failureOf()).toMatch(
      new RegExp(
        `too little traffic: 0 of \\d+ requests of the canary failed, 0 of \\d+ of the old instances; at least 20`,
      ),
    );
    expect((await sendRequests(await promotion.url(), 20)).all).toEqual({ '1 200': 20 });
    // Nothing is known against it: it may come again, but not by itself.
    expect(promotion.record.failure?.error.code).toBe(notMeasuredCode);
    expect(
      promotion.transitions.flatMap(({ markBad, pauseAutoPromotion }) => markBad ?? pauseAutoPromotion ?? []),
    ).toEqual(['staging']);
  });
});

describe('a run that dies', () => {
  /** Kills before and after whatever the step records at each of its looks, once each. */
  function killsAround(name: string): { fault: (transition: Transition) => Fault | undefined; deaths: () => number } {
    const seen = new Set<string>();
    return {
      fault({ steps }) {
        const own = steps.find((each) => each.name === name);
        if (own === undefined) return undefined;
        for (const fault of ['die-before', 'die-after'] as const) {
          const { looks, generation } = own.checkpoint ?? {};
          const place = JSON.stringify([fault, own.status, looks, generation]);
          if (seen.has(place)) continue;
          seen.add(place);
          return fault;
        }
        return undefined;
      },
      deaths: () => seen.size,
    };
  }

  it('before or after whatever it records, changes neither the end nor what the platform was asked to do', async () => {
    const { fault, deaths } = killsAround('shift-canary');
    await open({ canary: { ...canaryRules, durationSeconds: 180 }, fault });
    const { state } = await promotion.runToEnd(async (look) => {
      if (look === 1) await visit(300);
    });
    expect([state, failureOf()]).toEqual(['COMPLETED_SUCCESSFULLY', '']);
    expect(deaths()).toBeGreaterThan(6);
    expect(await promotion.accepted()).toEqual([1, 2, 3]);
    expect(step('shift-canary').summary).toMatch(/^10 %: 0 of (2[5-9]|3[0-5]) requests of the canary failed/);
  });

  it('behind its shift is taken back when somebody asks for that before another run comes', async () => {
    let hasDied = false;
    await open({
      canary: { ...canaryRules, durationSeconds: 60 },
      fault({ steps }) {
        const own = steps.find(({ name }) => name === 'shift-canary');
        if (hasDied || (own?.status !== 'done' && own?.checkpoint?.['generation'] !== 3)) return undefined;
        hasDied = true;
        return 'die-before';
      },
    });
    promotion.afterDeath = () => promotion.askForRollback();
    const { state } = await promotion.runToEnd(async () => {
      await visit(300);
    });
    expect([hasDied, state]).toEqual([true, 'ROLLED_BACK']);
    expect(await promotion.status()).toMatchObject({ generation: 4, desired: { release: 'v1' }, phase: 'available' });
    expect((await sendRequests(await promotion.url(), 50)).all).toEqual({ '1 200': 50 });
    expect(recorded()).toEqual(['rel-shop-v1', 'rel-shop-v1']);
    expect(JSON.parse(await promotion.playground.file('processes.json'))).toHaveLength(1);
  });
});

describe('somebody who', () => {
  it('asks for a rollback in the middle of a canary gets the old release whole again', async () => {
    await open();
    const { pid } = await promotion.playground.ask('api');
    await promotion.runToCanary();
    await visit(100);
    await promotion.askForRollback();
    expect((await promotion.runToEnd()).state).toBe('ROLLED_BACK');
    expect((await sendRequests(await promotion.url(), 50)).all).toEqual({ '1 200': 50 });
    expect((await promotion.playground.ask('api')).pid).toBe(pid);
  });

  it('deploys by hand in the middle of a canary is not overwritten by its shift', async () => {
    await open();
    await promotion.runToCanary();
    const { desired } = await promotion.status();
    if (desired === undefined) throw new Error('nothing is desired');
    const { canaryPercentage: _share, ...whole } = desired;
    const fence = promotion.record.fence;
    const effect = { key: 'by-hand', fence, signal: new AbortController().signal };
    const third = { ...whole, release: 'v3', canaryPercentage: 50 };
    await promotion.playground.target.apply('staging', third, 2, effect);
    await promotion.runToEnd();
    expect(failureOf()).toBe(
      'the deployment of staging changed meanwhile: expected generation 2, the canary, found generation 3',
    );
  });
});

describe('a platform that is stopped in the middle of a canary', () => {
  it('is waited for, and its absence does not count as watched', async () => {
    await open({ canary: { ...canaryRules, durationSeconds: 600 } });
    const first = await promotion.runToCanary();
    await visit(300);
    const { pid } = await promotion.playground.ask('api');
    await promotion.stopPlatform();
    expect(await isAlive(pid)).toBe(false);
    if (first !== undefined) promotion.passTime(first);
    const down = await promotion.runToCanary();
    expect(down?.detail).toMatch(/^the canary in staging cannot be watched: the local platform is not running/);
    await promotion.startPlatform();
    await promotion.playground.until(({ phase }) => phase === 'available');
    if (down !== undefined) promotion.passTime(down);
    const again = await promotion.runToCanary();
    // Five seconds until the platform was looked for again, and sixty before that in which it was stopped.
    const lost = new Date(endOf(again?.detail)).getTime() - new Date(endOf(first?.detail)).getTime();
    expect(lost).toBe(65_000);
    const { state } = await promotion.runToEnd();
    expect([state, failureOf()]).toEqual(['COMPLETED_SUCCESSFULLY', '']);
    expect(await promotion.accepted()).toEqual([1, 2, 3]);
  });

  function endOf(detail = ''): string {
    return /until (\S+ \S+ UTC);/.exec(detail)?.[1] ?? detail;
  }
});
