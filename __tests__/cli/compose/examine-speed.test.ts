import { expect } from '@jest/globals';
import { examineSpeed } from '../../../cli/compose/examine-speed.ts';
import { deployed } from '../../engine/environment-tests/tested-environment.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { doctorWorld, findingsOf, stateOf } from './doctor-fixture.ts';

/** Answers of qa and of staging, in milliseconds, one after the other. */
async function examined(qa: readonly number[], staging: readonly number[] | Error, isSilent = false) {
  const asked = { qa: 0, staging: 0 };
  const deployment = Object.assign(new MemoryDeployment(), {
    status: (environment: string) => Promise.resolve(deployed({ api: `http://${environment}.example` })),
  });
  const probe = {
    probe(url: string) {
      const place = url.includes('qa') ? 'qa' : 'staging';
      const times = place === 'qa' ? qa : staging;
      if (times instanceof Error) return Promise.reject(times);
      if (isSilent) {
        const message = 'connect ECONNREFUSED';
        return Promise.resolve({ url, status: undefined, isHealthy: false, responseTimeMs: 1, message });
      }
      const responseTimeMs = times[asked[place] % times.length] ?? 0;
      asked[place] += 1;
      return Promise.resolve({ url, status: 200, isHealthy: true, responseTimeMs, message: undefined });
    },
  };
  const running = [stateOf('qa'), stateOf('staging')];
  return findingsOf(examineSpeed(doctorWorld({ running, ports: { deployment, probe } })));
}

describe('the speed of environments, as doctor sees it', () => {
  it('is compared with where the releases come from, by the best of three looks', async () => {
    expect(await examined([40], [900, 50, 700])).toEqual([
      { subject: 'speed · staging', level: 'ok', detail: 'not slower than qa' },
    ]);
    expect(await examined([40], [500])).toMatchObject([
      {
        level: 'warn',
        detail: 'api answers in 500 ms, in qa in 40 ms',
        remedy: expect.stringContaining('promote compare qa staging shop'),
      },
    ]);
  });

  it('does not mind what one look may differ by', async () => {
    expect(await examined([2], [60])).toMatchObject([{ level: 'ok' }]);
    expect(await examined([200], [550])).toMatchObject([{ level: 'ok' }]);
  });

  it('is unknown where nothing answers, which is not as fast', async () => {
    expect(await examined([40], [40], true)).toEqual([
      {
        subject: 'speed · staging',
        level: 'warn',
        detail: 'could not be measured: no answer from api in qa, api in staging',
        remedy: expect.stringContaining('promote status shop --env staging'),
      },
    ]);
  });

  it('says that it could not be measured', async () => {
    expect(await examined([40], new Error('the probe broke'))).toMatchObject([
      { level: 'warn', detail: 'could not be measured: the probe broke' },
    ]);
  });
});
