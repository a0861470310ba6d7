import { jest } from '@jest/globals';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { ServiceDesk, viewer } from './service-fixture.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let desk: ServiceDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
  desk = await ServiceDesk.open(await server.createDatabase());
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

const plan = (hash: string, digit: string) => {
  return { hash, body: { images: [{ service: 'api', digest: `sha256:${digit.repeat(64)}` }] } };
};

async function planned(...plans: readonly ReturnType<typeof plan>[]): Promise<string> {
  const id = await desk.run({ isDryRun: true });
  for (const each of plans) {
    await desk.change(id, (draft) => {
      draft.finishStep('validate-conditions', engineActor, 'fine', {}, { plan: each });
    });
  }
  return id;
}

describe('what has changed since somebody was shown a plan', () => {
  it('is told in words, with both plans', async () => {
    const id = await planned(plan('plan-1', '1'), plan('plan-2', '2'));
    expect(await desk.service.overview.planSince(viewer, id, 'plan-1')).toMatchObject({
      before: { hash: 'plan-1' },
      now: { hash: 'plan-2' },
      changes: ['image api (sha256:1111111… → sha256:2222222…)'],
    });
  });

  it('is nothing when it is the same plan', async () => {
    const id = await planned(plan('plan-3', '3'));
    expect(await desk.service.overview.planSince(viewer, id, 'plan-3')).toMatchObject({ changes: [] });
  });

  it('is told of its own plans only', async () => {
    const id = await planned(plan('plan-4', '4'));
    await expect(desk.service.overview.planSince(viewer, id, 'plan-1')).rejects.toThrow(
      `plan-1… was never the plan of ${id}`,
    );
  });
});
