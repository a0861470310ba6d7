import { jest } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { verifyChain } from '../../../engine/audit/hash-chain.ts';
import { slotResources } from '../../../engine/workflow/run-promotion.ts';
import type { StepContext, StepResult } from '../../../engine/workflow/step-definition.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { addRelease } from '../store/contract/store-fixture.ts';
import { sampleDefinition, sampleStep } from './sample-promotion.ts';
import { Workshop } from './worker-fixture.ts';

jest.setTimeout(180_000);

let server: ScratchPostgres;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});

/** Somebody outside who sees every step begin and end, whichever process runs it. */
class Witness {
  readonly collisions: string[] = [];
  readonly runs = new Map<string, number>();
  readonly #inside = new Map<string, string>();

  async see({ promotion, effect }: StepContext<unknown>, act: () => Promise<StepResult>): Promise<StepResult> {
    const resources = slotResources(promotion);
    for (const resource of resources) {
      const other = this.#inside.get(resource);
      if (other !== undefined) this.collisions.push(`${resource}: ${other} and ${effect.key}`);
      this.#inside.set(resource, effect.key);
    }
    this.runs.set(effect.key, (this.runs.get(effect.key) ?? 0) + 1);
    await pause(effect.fence % 3);
    for (const resource of resources) this.#inside.delete(resource);
    return act();
  }
}

it('two workers run two hundred promotions over six slots, never two in one, and forget none', async () => {
  const witness = new Witness();
  const seen = (result: (context: StepContext<unknown>) => StepResult) => (context: StepContext<unknown>) =>
    witness.see(context, async () => result(context));
  const done: StepResult = { kind: 'done', summary: 'ok', output: {} };
  const isUnlucky = (context: StepContext<unknown>) => context.promotion.id.endsWith('3');
  const steps = [
    sampleStep({ name: 'look', phase: 'initialize' }),
    sampleStep({ name: 'back-up', phase: 'move', run: seen(() => done) }),
    sampleStep({
      name: 'deploy',
      phase: 'deploy',
      run: seen((context) => {
        if (isUnlucky(context)) throw new SyntaxError('a release that does not start');
        return done;
      }),
      compensate: seen(() => done),
    }),
    sampleStep({
      name: 'verify',
      phase: 'deploy',
      run: seen(({ checkpoint }) =>
        checkpoint === undefined
          ? { kind: 'park', reason: 'bake', detail: 'watched', until: new Date(), checkpoint: { looked: true } }
          : done,
      ),
    }),
  ];
  const url = await server.createStoreDatabase();
  const [one, two] = [await Workshop.open(url, steps), await Workshop.open(url, steps)];
  const target = sampleDefinition(steps).target;
  const ids: string[] = [];
  for (let index = 0; index < 200; index += 1) {
    const environment = `env-${String(index % 6)}`;
    // Every fifth also needs a thing that others of other slots need.
    const resources = index % 5 === 0 ? ['shared:flags'] : [];
    // One that is taken back stops no other promotion: each has a release of its own.
    const releaseId = await addRelease(one.store, 'shop', `v${String(index)}`);
    ids.push(
      await one.request(
        { toEnvironment: environment, releaseId },
        { target: { ...target, name: environment, resources } },
      ),
    );
  }

  await Promise.all(
    [one, two].map((workshop, index) =>
      workshop.work({ owner: `worker-${String(index)}`, concurrency: 8, lingerSeconds: 2 }),
    ),
  );

  expect(witness.collisions).toEqual([]);
  expect([...one.errors, ...two.errors]).toEqual([]);
  for (const id of ids) {
    const { state, holdsSlot } = await one.load(id);
    expect({ id, state, holdsSlot }).toEqual({
      id,
      state: id.endsWith('3') ? 'ROLLED_BACK' : 'COMPLETED_SUCCESSFULLY',
      holdsSlot: false,
    });
    expect(verifyChain(id, await one.store.events(id))).toEqual([]);
  }
  // No effect was made twice, except the one that waited once.
  for (const [key, times] of witness.runs)
    expect({ key, times }).toEqual({ key, times: key.endsWith(':verify') ? 2 : 1 });
  await Promise.all([one.close(), two.close()]);
});
