import { setTimeout as pause } from 'node:timers/promises';
import { ChangeCollector } from '../../../../../cloudrun-ui/web/src/api/live/change-collector.ts';
import {
  bothChanges,
  changeOf,
  everyChange,
  isNoChange,
  noChange,
  type Change,
} from '../../../../../cloudrun-ui/web/src/api/live/change.ts';
import { isConcerned, type Concern } from '../../../../../cloudrun-ui/web/src/api/live/concern.ts';

const promotions = (...ids: readonly string[]): Change => ({ ...noChange, promotions: new Set(ids) });
const settings: Change = { ...noChange, settings: true };

describe('what a message of the installation’s stream says', () => {
  it('is which promotions changed and whether settings did, or that nobody knows', () => {
    const data = JSON.stringify({ promotions: ['pr-1', 'pr-2'], settings: true });
    expect(changeOf({ event: 'change', data, id: '1' })).toEqual({ ...promotions('pr-1', 'pr-2'), settings: true });
    expect(changeOf({ event: 'reset', data: '{}', id: '1' })).toEqual(everyChange);
    expect(isNoChange(changeOf({ event: 'something newer', data: 'x', id: '1' }))).toBe(true);
  });

  it('adds up, and whatever is added to everything is everything', () => {
    expect(bothChanges(promotions('pr-1'), promotions('pr-1', 'pr-2'))).toEqual(promotions('pr-1', 'pr-2'));
    expect(bothChanges(promotions('pr-1'), settings)).toEqual({ ...promotions('pr-1'), settings: true });
    expect(bothChanges(everyChange, promotions('pr-1'))).toEqual(everyChange);
  });
});

describe('with what an answer changes', () => {
  const applicationOf = (id: string): string | undefined => ({ 'pr-1': 'shop', 'pr-2': 'blog' })[id];
  const concerned = (concern: Concern, change: Change): boolean => isConcerned(concern, change, applicationOf);
  const shop: Concern = { kind: 'application', application: 'shop' };

  it('is its own promotion, or promotions of its application, and no others', () => {
    expect(concerned({ kind: 'promotion', id: 'pr-1' }, promotions('pr-1'))).toBe(true);
    expect(concerned({ kind: 'promotion', id: 'pr-1' }, promotions('pr-2'))).toBe(false);
    expect(concerned(shop, promotions('pr-1'))).toBe(true);
    expect(concerned(shop, promotions('pr-2'))).toBe(false);
  });

  it('is a promotion of which nobody knows where it belongs, for every application', () => {
    expect(concerned(shop, promotions('pr-9'))).toBe(true);
  });

  it('is settings for whatever rests on them, which a promotion’s course alone does not', () => {
    expect(concerned({ kind: 'settings' }, settings)).toBe(true);
    expect(concerned({ kind: 'settings' }, promotions('pr-1'))).toBe(false);
    expect(concerned(shop, settings)).toBe(true);
    expect(concerned({ kind: 'any-promotion' }, settings)).toBe(true);
    expect(concerned({ kind: 'promotion', id: 'pr-1' }, settings)).toBe(false);
  });

  it('is everything, when nobody knows what changed, but for what never changes', () => {
    for (const concern of [shop, { kind: 'settings' }, { kind: 'promotion', id: 'pr-1' }] as const) {
      expect(concerned(concern, everyChange)).toBe(true);
    }
    expect(concerned({ kind: 'nothing' }, everyChange)).toBe(false);
  });
});

describe('many changes one after another', () => {
  const collect = (tell: (change: Change) => Promise<void>) => new ChangeCollector({ paceMs: 30, tell });

  it('are told at once for the first, and together for those that follow closely', async () => {
    const told: Change[] = [];
    const collector = collect(async (change) => {
      told.push(change);
    });
    collector.add(promotions('pr-1'));
    expect(told).toEqual([promotions('pr-1')]);
    for (let index = 0; index < 1000; index += 1) collector.add(promotions(`pr-${String(index % 3)}`));
    collector.add(settings);
    expect(told).toHaveLength(1);
    await pause(60);
    expect(told).toEqual([promotions('pr-1'), { ...promotions('pr-0', 'pr-1', 'pr-2'), settings: true }]);
    await pause(60);
    expect(told).toHaveLength(2);
    collector.close();
  });

  it('wait for what is still being looked at, and are lost neither with it nor by its failing', async () => {
    const told: Change[] = [];
    const first = Promise.withResolvers<undefined>();
    const collector = collect(async (change) => {
      told.push(change);
      if (told.length === 1) await first.promise;
    });
    collector.add(promotions('pr-1'));
    collector.add(promotions('pr-2'));
    await pause(80);
    expect(told).toHaveLength(1);
    first.reject(new Error('the server is away'));
    await pause(60);
    expect(told).toEqual([promotions('pr-1'), promotions('pr-2')]);
    collector.close();
  });

  it('are told no more once it is closed', async () => {
    const told: Change[] = [];
    const collector = collect(async (change) => {
      told.push(change);
    });
    collector.add(promotions('pr-1'));
    collector.add(promotions('pr-2'));
    collector.close();
    collector.add(promotions('pr-3'));
    await pause(60);
    expect(told).toHaveLength(1);
  });
});
