import { jest } from '@jest/globals';
import type { Migration } from '../../../engine/release.ts';
import { StepWorkbench } from './step-workbench.ts';

// Real git and real files.
jest.setTimeout(120_000);

let bench: StepWorkbench;
beforeEach(async () => {
  bench = await StepWorkbench.open();
  const { database } = bench.v2.content;
  const contract = (migration: Migration): Migration => ({ ...migration, kind: 'contract' });
  Object.assign(database ?? {}, { migrations: database?.migrations.map(contract) });
  const decided = { migrations: [1] };
  const steps = bench.promotion.steps.map((step) =>
    step.name === 'validate-contract' ? { ...step, status: 'done' as const, output: decided } : step,
  );
  bench.promotion = { ...bench.promotion, kind: 'contract', steps };
});
afterEach(async () => {
  await bench.close();
});

const change = { kind: 'schema', subject: '001 add column' };
const arrived = { ...change, before: undefined, after: 'contract' };
const departed = { ...change, before: 'contract', after: undefined };

describe('a contract migration', () => {
  it('is told as a change of the schema, once', async () => {
    expect(await bench.attempt('contract-database')).toMatchObject({ records: { changes: [arrived] } });
    // Whoever was cut off before it could say so tells it when it is run again.
    expect(await bench.attempt('contract-database')).toMatchObject({ records: { changes: [arrived] } });
    expect(bench.database.effects.filter((effect) => effect === 'up 1')).toHaveLength(1);
  });

  it('is told to be gone when it is taken back, also when that was cut off before it could say so', async () => {
    await bench.finish('contract-database');
    expect(await bench.attempt('contract-database', 'compensate')).toMatchObject({ records: { changes: [departed] } });
    expect(await bench.attempt('contract-database', 'compensate')).toMatchObject({ records: { changes: [departed] } });
    expect((await bench.database.state()).applied).toEqual([]);
  });
});
