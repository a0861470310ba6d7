import { jest } from '@jest/globals';
import { closeMergedBack } from '../../../engine/service/close-merged-back.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { HotfixDesk, lane } from './hotfix-desk.ts';
import { promoter, viewer } from './service-fixture.ts';

jest.setTimeout(180_000);

let server: ScratchPostgres;
let desk: HotfixDesk;
const signal = new AbortController().signal;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
afterEach(async () => {
  await desk.close();
});

async function open(rest = lane): Promise<void> {
  desk = await HotfixDesk.open(await server.createStoreDatabase(), '', rest);
  await desk.enter();
}
const look = () => closeMergedBack(desk.running.desk.context, signal);
const leftToDo = async () =>
  (await desk.running.desk.service.openItems(viewer, { application: 'shop' })).map(({ kind }) => kind);
const closings = async () =>
  (await desk.running.desk.store.administrationEvents()).filter(({ type }) => type === 'item-closed');

describe('a hotfix that has to be merged back', () => {
  it('stays open while its branch has it not, and closes by itself when it has the commit', async () => {
    await open();
    expect(await look()).toEqual([]);
    expect(await leftToDo()).toEqual(['merge-back', 'post-mortem']);
    desk.source.checkOut('develop');
    desk.source.commit('next.js', 'next\n');
    desk.source.git('merge', '--quiet', '--no-edit', 'hotfix');
    const head = desk.source.head();
    expect(await look()).toEqual([]);
    expect(await leftToDo()).toEqual(['post-mortem']);
    expect(await closings()).toMatchObject([
      {
        actor: engineActor,
        data: {
          item: 'merge-back:shop:v1.1',
          note: `develop (${head.slice(0, 7)}) has commit ${desk.fix.slice(0, 7)}`,
        },
      },
    ]);
    await look();
    expect(await closings()).toHaveLength(1);
  });

  it('closes by itself when its branch has an equivalent patch', async () => {
    await open();
    desk.source.checkOut('develop');
    desk.source.git('cherry-pick', desk.fix);
    desk.source.commit('next.js', 'next\n');
    await look();
    expect(await leftToDo()).toEqual(['post-mortem']);
    const [closing] = await closings();
    expect(closing?.data['note']).toContain(`has the same change as commit ${desk.fix.slice(0, 7)}`);
  });

  it('does not close for another branch that has it, nor for a commit that only says so', async () => {
    await open();
    desk.source.checkOut('main');
    desk.source.git('merge', '--quiet', '--no-edit', 'hotfix');
    desk.source.checkOut('develop');
    desk.source.commit('next.js', 'next\n', 'Mend paying');
    await look();
    expect(await leftToDo()).toEqual(['merge-back', 'post-mortem']);
  });

  it('is closed by a named person with a reference, wherever it was merged', async () => {
    await open();
    await desk.running.desk.service.closeItem(promoter, 'merge-back:shop:v1.1', 'written anew in #42');
    expect(await leftToDo()).toEqual(['post-mortem']);
    expect(await closings()).toMatchObject([{ actor: promoter, data: { note: 'written anew in #42' } }]);
  });

  it('says why nobody can tell, and stays open', async () => {
    await open(lane.replace('mergeBackTo: develop', 'mergeBackTo: trunk'));
    expect(await look()).toEqual([
      { item: 'merge-back:shop:v1.1', reason: expect.stringContaining('has no branch trunk') as string },
    ]);
    expect(await leftToDo()).toEqual(['merge-back', 'post-mortem']);
  });

  it('is left to people where the rules name no branch', async () => {
    await open(lane.replace('  mergeBackTo: develop\n', ''));
    desk.source.checkOut('develop');
    desk.source.git('merge', '--quiet', '--no-edit', 'hotfix');
    expect(await look()).toEqual([]);
    const [item] = await desk.running.desk.service.openItems(viewer, { application: 'shop' });
    expect(item?.detail).toBe('merge the hotfix v1.1 back into where releases are made');
  });
});
