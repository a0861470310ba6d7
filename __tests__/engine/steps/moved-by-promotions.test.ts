import { jest } from '@jest/globals';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { RunningDesk } from '../service/running-desk.ts';
import { alan, operator, rulesText } from '../service/service-fixture.ts';

jest.setTimeout(120_000);

let server: ScratchPostgres;
let running: RunningDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await running.close();
  await server.stop();
});

it('whoever is asked anew because other promotions moved the target is told which, and not that somebody altered it', async () => {
  const stages = 'approvals: { stages: [{ name: SRE, roles: [approver] }] }';
  running = await RunningDesk.open(await server.createStoreDatabase(), rulesText(stages));
  const { service } = running.desk;
  const approve = async (promotionId: string) => {
    await service.decide(alan, { promotionId, decision: 'approved' });
    await running.work();
  };
  await running.release('v3', { verifiedIn: ['dev', 'qa'] });
  const waiting = await running.promote({ release: 'v3', to: 'staging' });
  await running.release('v4', { verifiedIn: ['dev', 'qa'] });
  const other = await running.promote({ release: 'v4', to: 'staging' });
  await approve(other.id);
  expect((await running.desk.load(other.id)).state).toBe('COMPLETED_SUCCESSFULLY');
  const rollback = await service.rollBack(operator, { promotionId: other.id, reason: 'not this one' });
  await running.work();
  expect((await running.deployments.status('staging')).desired?.release).toBe('v1');

  await approve(waiting.id);
  const { state, parked } = await running.desk.load(waiting.id);
  expect([state, parked?.reason]).toEqual(['PENDING_APPROVAL', 'approval']);
  expect(parked?.detail).toContain(
    `the deployment of staging (generation 1 → 3, by ${other.id}, then the rollback ${rollback})`,
  );
  expect(parked?.detail).not.toContain('outside of a promotion');
});
