import { untilDueHasRun } from '../../../cli/compose/wait-for-due.ts';
import { afterStart, samplePromotion } from '../../../scripts/sample-promotion.ts';

type Look = readonly ReturnType<typeof samplePromotion>[];

const soaking = (untilSeconds: number): Look => [
  samplePromotion({
    parked: { reason: 'soak', detail: 'a day', since: afterStart(0), until: afterStart(untilSeconds) },
  }),
];
const running: Look = [samplePromotion({ parked: undefined })];
const forApproval: Look = [
  samplePromotion({ parked: { reason: 'approval', detail: '0 of 1', since: afterStart(0), until: undefined } }),
];

/** Looks one after the other; the last one stays. */
function seen(...looks: readonly Look[]) {
  let asked = 0;
  const work = {
    active: () => Promise.resolve(looks[Math.min(asked++, looks.length - 1)] ?? []),
    now: () => afterStart(100),
    sleep: () => Promise.resolve(),
  };
  return { work, looks: () => asked };
}

describe('after the clock was moved', () => {
  it('what fell due is waited for until it has run, or waits for something else', async () => {
    const ended = seen(soaking(99), running, []);
    expect(await untilDueHasRun(ended.work)).toEqual([]);
    expect(ended.looks()).toBe(3);
    const parkedAgain = seen(soaking(100), running, soaking(101));
    expect(await untilDueHasRun(parkedAgain.work)).toEqual([]);
    expect(parkedAgain.looks()).toBe(3);
  });

  it('what waits for later or for somebody is not waited for', async () => {
    for (const look of [soaking(101), forApproval, []]) {
      const once = seen(look);
      expect(await untilDueHasRun(once.work)).toEqual([]);
      expect(once.looks()).toBe(1);
    }
  });

  it('what runs for longer is named instead', async () => {
    expect(await untilDueHasRun(seen(running).work)).toEqual(['pr-7f3a']);
  });
});
