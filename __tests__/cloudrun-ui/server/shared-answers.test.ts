import { SharedAnswers } from '../../../cloudrun-ui/server/shared-answers.ts';

let place: number;
let nowMs: number;
let found: number;
let takesMs: number;
let shared: SharedAnswers;
beforeEach(() => {
  [place, nowMs, found, takesMs] = [0, 0, 0, 100];
  shared = new SharedAnswers({ place: () => place, nowMs: () => nowMs });
});

const find = async (): Promise<number> => {
  found += 1;
  const own = found;
  await Promise.resolve();
  nowMs += takesMs;
  return own;
};
const ask = (key = 'all', options = { mayBeOld: true }): Promise<number> => shared.of(key, find, options);
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('what is found once for all who ask', () => {
  it('is found once for those who ask at once, and for each thing that is asked for', async () => {
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    expect(await ask('another')).toBe(2);
  });

  it('holds until something changes, and ten seconds at most', async () => {
    const fresh = { mayBeOld: false };
    expect([await ask('all', fresh), await ask('all', fresh)]).toEqual([1, 1]);
    nowMs += 9000;
    expect(await ask('all', fresh)).toBe(1);
    nowMs += 2000;
    expect(await ask('all', fresh)).toBe(2);
  });

  it('is never older than the last change, of which the server itself need not be told, when it must not be', async () => {
    const fresh = { mayBeOld: false };
    expect(await ask('all', fresh)).toBe(1);
    place += 1;
    expect(await ask('all', fresh)).toBe(2);
    shared.change();
    expect(await ask('all', fresh)).toBe(3);
    expect(await ask('all', fresh)).toBe(3);
  });

  it('is not shared by who asks before a change and who asks after it', async () => {
    const before = ask('all', { mayBeOld: false });
    shared.change();
    expect(await Promise.all([before, ask('all', { mayBeOld: false })])).toEqual([1, 2]);
  });

  it('has what is made of it made once', () => {
    const answer = {};
    let made = 0;
    const make = () => (made += 1);
    expect([shared.madeOf(answer, make), shared.madeOf(answer, make), shared.madeOf({}, make)]).toEqual([1, 1, 2]);
  });

  it('is found anew at once after a change, when it takes no time', async () => {
    takesMs = 0;
    expect(await ask()).toBe(1);
    place += 1;
    expect(await ask()).toBe(2);
  });

  it('that takes long is found so seldom that it takes one part in twenty of the time, whatever changes meanwhile', async () => {
    expect(await ask()).toBe(1);
    place += 1;
    nowMs += 19 * takesMs;
    expect([await ask(), await ask()]).toEqual([1, 1]);
    await settled();
    expect(found).toBe(1);
  });

  it('that takes long is given as it was while it is found anew, so that nobody waits', async () => {
    expect(await ask()).toBe(1);
    place += 1;
    nowMs += 20 * takesMs;
    expect([await ask(), await ask()]).toEqual([1, 1]);
    await settled();
    expect([await ask(), found]).toEqual([2, 2]);
  });

  it('that takes long is never looked for twice at once, however often things change', async () => {
    expect(await ask()).toBe(1);
    nowMs += 20 * takesMs;
    const asking = [1, 2, 3].map(() => {
      place += 1;
      return ask();
    });
    expect(await Promise.all(asking)).toEqual([1, 1, 1]);
    await settled();
    expect(found).toBe(2);
  });

  it('is waited for when nobody has asked for it for long', async () => {
    expect(await ask()).toBe(1);
    nowMs += 100 * takesMs;
    expect(await ask()).toBe(2);
    takesMs = 5000;
    expect(await ask('slow')).toBe(3);
    nowMs += 59_000;
    expect(await ask('slow')).toBe(3);
    await settled();
    nowMs += 60_000;
    expect(await ask('slow')).toBe(5);
  });

  it('is not kept when something changed while it was looked for', async () => {
    takesMs = 0;
    const asking = shared.of('all', async () => {
      place += 1;
      return 7;
    });
    expect(await asking).toBe(7);
    expect(await ask()).toBe(1);
  });

  it('is looked for again after a failure', async () => {
    await expect(shared.of('all', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await ask()).toBe(1);
  });
});
