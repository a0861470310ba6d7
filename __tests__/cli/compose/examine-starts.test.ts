import { expect } from '@jest/globals';
import { examineStarts } from '../../../cli/compose/examine-starts.ts';
import type { DeploymentStatus } from '../../../engine/deployment/deployment-target.ts';
import type { PromotionRecord } from '../../../engine/workflow/promotion.ts';
import { doneStep, samplePromotion } from '../../../scripts/sample-promotion.ts';
import { deployed } from '../../engine/environment-tests/tested-environment.ts';
import { MemoryDeployment } from '../../support/memory-deployment.ts';
import { doctorWorld, findingsOf } from './doctor-fixture.ts';

const well = deployed({ api: 'http://127.0.0.1:9' });

async function examined(status: DeploymentStatus | Error, promotion?: PromotionRecord) {
  const deployment = Object.assign(new MemoryDeployment(), {
    status: () => (status instanceof Error ? Promise.reject(status) : Promise.resolve(status)),
  });
  const world = doctorWorld({ ports: { deployment }, store: { load: () => Promise.resolve(promotion) } });
  return (await findingsOf(examineStarts(world)))[0];
}

describe('the start of services, as doctor sees it', () => {
  it('is well when everything is up, and came up in good time', async () => {
    const quick = samplePromotion({ steps: [doneStep('deploy', 0, 30, '')] });
    expect(await examined(well, quick)).toEqual({
      subject: 'start · staging',
      level: 'ok',
      detail: 'everything is up',
    });
  });

  it('says which services do not come up, how often they were started, and what the deployment says', async () => {
    const services = well.services.map((service) => ({ ...service, isReady: false, restarts: 5 }));
    expect(await examined({ ...well, phase: 'failed', message: 'api ends with code 1', services })).toMatchObject({
      level: 'fail',
      detail: 'the deployment is failed: api ends with code 1; not ready: api (started again 5 times)',
      remedy: expect.stringContaining('promote status shop --env staging --log'),
    });
    expect(await examined(new Error('the platform is gone'))).toMatchObject({
      level: 'fail',
      detail: 'the platform is gone',
    });
  });

  it('says when a start took most of what it may, and how to give it more', async () => {
    const slow = samplePromotion({ steps: [doneStep('deploy', 0, 200, '')] });
    expect(await examined(well, slow)).toMatchObject({
      level: 'warn',
      detail: 'its services took 3.3 min to start, and may take 5 min',
      remedy: expect.stringContaining('MAX_STARTUP_WAIT=400 promote run shop --to staging'),
    });
  });
});
