import { jest } from '@jest/globals';
import type { DatabaseProgress } from '../../../engine/database/database-function.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import type { Draft } from '../../../engine/workflow/draft.ts';
import type { Ports } from '../../../engine/workflow/ports.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { rulesText, ServiceDesk, viewer } from './service-fixture.ts';

jest.setTimeout(60_000);

let progress: () => Promise<DatabaseProgress>;
const ports = { database: { progress: () => progress() } } as unknown as Ports;

let server: ScratchPostgres;
let desk: ServiceDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  desk = await ServiceDesk.open(await server.createDatabase(), rulesText(), ports);
});
afterEach(async () => {
  await desk.close();
});

const migrations = [4, 5].map((version) => ({
  version,
  name: `change ${String(version)}`,
  kind: 'expand' as const,
  statements: ['create table t ()', 'create index i on t (x)'],
}));
const schemaChange = (version: number, isThere: boolean) => {
  const subject = `${String(version).padStart(3, '0')} change ${String(version)}`;
  return isThere
    ? ({ kind: 'schema', subject, before: undefined, after: 'expand' } as const)
    : ({ kind: 'schema', subject, before: 'expand', after: undefined } as const);
};

async function promotion(course: (draft: Draft) => void): Promise<string> {
  const id = await desk.run({ isAgain: true });
  await desk.change(id, (draft) => {
    draft.finishStep(
      'validate-conditions',
      engineActor,
      'fine',
      {},
      { plan: { hash: id, body: { database: { migrations } } } },
    );
    draft.moveTo('QUEUED', engineActor);
    draft.moveTo('PROMOTION_RUNNING', engineActor);
    course(draft);
  });
  return id;
}
const begins = (draft: Draft): void => {
  draft.startStep('migrate-database', engineActor);
};
async function seen(id: string) {
  const { migrations: told, trouble } = await desk.service.overview.migrations(viewer, id);
  return { standings: told.map(({ standing }) => standing), running: told.map(({ running }) => running), trouble };
}

describe('how far migrations have come', () => {
  it('is told by the database while they run: what is applied, and which statement runs', async () => {
    const running = {
      version: 5,
      direction: 'up',
      statement: 2,
      of: 2,
      seconds: 3,
      waitsForLock: true,
      indexPercent: 10,
    } as const;
    progress = async () => ({ applied: [3, 4], running });
    const id = await promotion(begins);
    expect(await seen(id)).toMatchObject({ standings: ['applied', 'running'], running: [undefined, running] });
  });

  it('is not known while nobody can be asked, with why', async () => {
    progress = () => Promise.reject(new Error('the database-migration function does not answer'));
    const id = await promotion(begins);
    expect(await seen(id)).toMatchObject({
      standings: ['unknown', 'unknown'],
      trouble: 'the database-migration function does not answer',
    });
  });

  it('is nothing before they begin, without asking anybody', async () => {
    progress = () => Promise.reject(new Error('it was asked'));
    expect((await seen(await promotion(() => undefined))).standings).toEqual(['waiting', 'waiting']);
  });

  it('is everything when they are done, without asking anybody', async () => {
    progress = () => Promise.reject(new Error('it was asked'));
    const done = await promotion((draft) => {
      draft.startStep('migrate-database', engineActor);
      const changes = [schemaChange(4, true), schemaChange(5, true)];
      draft.finishStep('migrate-database', engineActor, '2 migrations', {}, { changes });
    });
    expect((await seen(done)).standings).toEqual(['applied', 'applied']);
  });

  it('is told by what was recorded of those that came and went again', async () => {
    progress = () => Promise.reject(new Error('it was asked'));
    const id = await promotion((draft) => {
      draft.startStep('migrate-database', engineActor);
      draft.finishStep(
        'migrate-database',
        engineActor,
        '2 migrations',
        {},
        {
          changes: [schemaChange(4, true), schemaChange(5, true)],
        },
      );
      draft.startCompensation('migrate-database', engineActor);
      draft.finishCompensation('migrate-database', engineActor, 'migration 5 undone', {
        changes: [schemaChange(5, false)],
      });
    });
    expect((await seen(id)).standings).toEqual(['applied', 'taken-back']);
  });
});
