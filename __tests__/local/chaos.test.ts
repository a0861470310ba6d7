import { jest } from '@jest/globals';
import { KillTest } from '../chaos/kills/kill-test.ts';
import { makeEngineDatabase, withSubjects } from '../chaos/laboratory.ts';
import { testSlots } from '../chaos/slots/slot-test.ts';
import { pointName } from '../chaos/worker/kill-point.ts';
import { ZombieTest } from '../chaos/zombies/zombie-test.ts';

/** A small part of `npm run test:chaos`, the same each time; the whole of it takes as long as a person waits for a build. */
const seed = 20;
const applications = [
  { name: 'a1', isNew: false },
  { name: 'a2', isNew: false },
];
const onProgress = (): void => undefined;

jest.setTimeout(600_000);

describe('a promotion whose workers die or sleep', () => {
  it('does everything once, however often its workers are killed', async () => {
    const result = await withSubjects(applications, (installation, subjects) =>
      new KillTest(installation, subjects, { kills: 12, seed, killsPerPromotion: 6, onProgress }).run(),
    );
    expect(result.findings).toEqual([]);
    expect(result.kills).toBe(12);
  });

  it('is not touched any more by a worker that sleeps through its end', async () => {
    const chosen = [
      'back-up:documents.write:before, cancelled',
      'migrate-database:database.migrate:during, taken over',
    ];
    const result = await withSubjects(applications, (_, subjects) =>
      new ZombieTest(subjects, {
        seed,
        isChosen: ({ point, variant }) => chosen.includes(`${pointName(point)}, ${variant}`),
        onProgress,
      }).run(),
    );
    expect(result.findings).toEqual([]);
    expect(result.zombies).toBe(chosen.length);
  });

  it('is alone in its slot and with what it shares, whoever is killed', async () => {
    const result = await withSubjects([], async (installation) =>
      testSlots({
        databaseUrl: await makeEngineDatabase(installation, 'slots'),
        promotions: 120,
        slots: 9,
        workers: 2,
        seed,
        secondsBetweenKills: 2,
        onProgress,
      }),
    );
    expect(result.findings).toEqual([]);
    expect(result.completed).toBe(120);
  });
});
