import type {
  ItemStanding,
  PeopleRecord,
  PromotionService,
  StoredOpenItem,
} from '../../../engine/promotion-service.ts';
import { afterStart, samplePromotion, sampleView } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

const requirement = {
  item: 'Release notes prepared',
  phase: 'before',
  gate: undefined,
  by: undefined,
  people: [],
} as const;
const open: ItemStanding = {
  requirement,
  number: 1,
  state: 'open',
  by: undefined,
  note: undefined,
  at: undefined,
};
const ticked: ItemStanding = { ...open, state: 'ticked-by-person', by: 'ben', note: 'wiki/v2', at: afterStart(10) };
const byGate: ItemStanding = {
  ...open,
  requirement: { ...requirement, item: 'Tests pass', gate: 'tests' },
  number: 2,
  state: 'ticked-by-gate',
  by: 'tests',
  note: 'unit: 214 of 214 (evidence e1)',
};
const left: StoredOpenItem = {
  id: 'merge-back:shop:v2.1',
  kind: 'merge-back',
  application: 'shop',
  environment: 'staging',
  promotionId: 'pr-7f3a',
  detail: 'merge the hotfix v2.1 back',
  openedAt: afterStart(10),
};
const planHash = 'c0ffee7'.padEnd(64, '0');
const people: PeopleRecord = {
  votes: [
    {
      stage: 'SRE',
      actor: 'ben',
      decision: 'approved',
      planHash: 'f00'.padEnd(64, '1'),
      comment: undefined,
      at: afterStart(5),
    },
    { stage: 'SRE', actor: 'cleo', decision: 'approved', planHash, comment: 'tried it', at: afterStart(9) },
  ],
  checklist: [ticked, byGate],
  notes: [{ by: 'olga', text: 'restarted the cache\u001b[2J', at: afterStart(12) }],
  openItems: [left],
  spokenFor: new Map(),
};
const forced = { kind: 'force', by: 'olga', reason: 'must', at: '2026-11-21T14:02:00.000Z' } as const;

describe('promote check', () => {
  it('ticks the item that was named, and has what waited for it looked at', async () => {
    const asked: Parameters<PromotionService['tick']>[1][] = [];
    let ticks = 0;
    const session = fakeSession(
      {
        tick: (_actor, request) => {
          asked.push(request);
          return Promise.resolve(ticked);
        },
      },
      {
        tick: () => {
          ticks += 1;
          return Promise.resolve();
        },
      },
    );
    const { out } = await record(['check', 'pr-7f3a', '1', '--note', 'wiki/v2'], { session });
    expect(asked).toEqual([{ promotionId: 'pr-7f3a', item: '1', note: 'wiki/v2' }]);
    expect(ticks).toBe(1);
    expect(out).toBe('✔ "Release notes prepared" is ticked by ben.\n');
  });

  it('shows the checklist when no item is named', async () => {
    const session = fakeSession({ people: () => Promise.resolve({ ...people, checklist: [open, byGate] }) });
    const { out } = await record(['check', 'pr-7f3a'], { session });
    expect(out).toBe(
      '  ·   1   Release notes prepared   open, for whoever may tick\n  ✔   2   Tests pass               gate tests: unit: 214 of 214 (evidence e1)\n',
    );
    const json = JSON.parse((await record(['check', 'pr-7f3a', '--json'], { session })).out) as {
      checklist: unknown[];
    };
    expect(json.checklist[0]).toMatchObject({ number: 1, state: 'open', by: null, gate: null });
  });
});

describe('promote note', () => {
  it('writes down what was said', async () => {
    const said: string[] = [];
    const session = fakeSession({
      note: (_actor, _id, text) => {
        said.push(text);
        return Promise.resolve({ by: 'ana', text, at: afterStart(0) });
      },
    });
    expect((await record(['note', 'pr-7f3a', 'restarted the cache'], { session })).out).toBe('✔ Noted.\n');
    expect(said).toEqual(['restarted the cache']);
  });
});

describe('promote close', () => {
  it('says what is done', async () => {
    const closed: (readonly [string, string])[] = [];
    const session = fakeSession({
      closeItem: (_actor, id, note) => {
        closed.push([id, note]);
        return Promise.resolve(left);
      },
    });
    const { out } = await record(['close', left.id, '--note', '#42'], { session });
    expect(closed).toEqual([[left.id, '#42']]);
    expect(out).toBe('✔ Done: merge the hotfix v2.1 back\n');
  });

  it('asks how it was done', async () => {
    expect((await record(['close', left.id])).errors).toContain('--note <text> must be given');
  });
});

describe('promote status of one promotion', () => {
  const session = fakeSession({
    view: () => Promise.resolve(sampleView({ overrides: [forced] })),
    list: () => Promise.resolve([]),
    people: () => Promise.resolve(people),
  });

  it('shows who decided over which plan, ticked, noted and set aside what, and what is left to do', async () => {
    const { out } = await record(['status', 'pr-7f3a'], { session });
    expect(out).toContain(`
Set aside
  force   olga   2026-11-21 14:02:00 UTC   must

Checklist
  ✔   1   Release notes prepared   ben at 2026-11-21 14:02:10 UTC: wiki/v2
  ✔   2   Tests pass               gate tests: unit: 214 of 214 (evidence e1)

Approvals
  SRE   approved by ben    2026-11-21 14:02:05 UTC   plan f001111, another by now
  SRE   approved by cleo   2026-11-21 14:02:09 UTC   plan c0ffee7                   tried it

Notes
  olga   2026-11-21 14:02:12 UTC   restarted the cache\\u001b[2J

Left to do
  shop staging   merge the hotfix v2.1 back   merge-back:shop:v2.1
`);
  });

  it('says of whom somebody else spoke for that nobody vouched for it, and who asked why', async () => {
    const spoken = fakeSession({
      view: () =>
        Promise.resolve(
          sampleView({
            requestedBy: { id: 'ana', verified: false, roles: [], via: 'cli-as', spokenForBy: 'root' },
            reason: 'the shop is slow',
          }),
        ),
      list: () => Promise.resolve([]),
      people: () => Promise.resolve({ ...people, spokenFor: new Map([['cleo', 'root']]) }),
    });
    const { out } = await record(['status', 'pr-7f3a'], { session: spoken });
    expect(out).toContain('  asked for by ana (unverified, said by root): the shop is slow\n');
    expect(out).toContain('approved by cleo (unverified, said by root)');
    expect(out).toMatch(/approved by ben {2,}2026/);
    const json = JSON.parse((await record(['status', 'pr-7f3a', '--json'], { session: spoken })).out) as object;
    expect(json).toMatchObject({
      requestedBy: 'ana',
      via: 'cli-as',
      approvals: [
        { by: 'ben', saidBy: null },
        { by: 'cleo', saidBy: 'root' },
      ],
      spokenFor: [{ person: 'cleo', by: 'root' }],
    });
  });

  it('is one document with all of it for programs', async () => {
    const json = JSON.parse((await record(['status', 'pr-7f3a', '--json'], { session })).out) as object;
    expect(json).toMatchObject({
      id: 'pr-7f3a',
      overrides: [forced],
      approvals: [
        { by: 'ben', isOverThisPlan: false, comment: null },
        { by: 'cleo', planHash, isOverThisPlan: true, comment: 'tried it' },
      ],
      notes: [{ by: 'olga' }],
      openItems: [{ id: left.id }],
    });
  });

  describe('that is over', () => {
    const rollback = {
      trigger: 'cancel',
      reason: 'wrong day',
      requestedBy: 'olga',
      at: afterStart(5),
      acceptsDataLoss: false,
    } as const;
    const shown = async (changes: Parameters<typeof sampleView>[0], rest: Parameters<typeof fakeSession>[0] = {}) => {
      const over = fakeSession({
        view: () => Promise.resolve(sampleView(changes)),
        people: () => Promise.resolve(people),
        list: () => Promise.resolve([]),
        ...rest,
      });
      return (await record(['status', 'pr-7f3a'], { session: over })).out.split('\n')[1];
    };

    it('says who cancelled it, and why', async () => {
      expect(await shown({ state: 'ROLLED_BACK', rollback })).toBe(
        '  cancelled and taken back, as olga asked: wrong day',
      );
      expect(await shown({ state: 'CANCELLED', rollback })).toBe('  cancelled, as olga asked: wrong day');
    });

    it('says what took it back since', async () => {
      const asked: unknown[] = [];
      const later = samplePromotion({
        id: 'pr-0b',
        kind: 'rollback',
        rollbackOf: 'pr-7f3a',
        state: 'ROLLED_BACK',
        rollback,
      });
      const line = await shown(
        {},
        {
          list: (_actor, filter) => {
            asked.push(filter);
            return Promise.resolve([later]);
          },
        },
      );
      expect(line).toBe('  promoted, and taken back since by pr-0b');
      expect(asked).toMatchObject([{ application: 'shop', environment: 'staging', kinds: ['rollback'] }]);
    });
  });

  it('is not watched', async () => {
    const { exitCode, errors } = await record(['status', 'pr-7f3a', '--watch'], { session });
    expect(exitCode).toBe(2);
    expect(errors).toContain('promote logs <promotion> --follow');
  });
});

describe('promote status', () => {
  it('shows what is left to do until it is done', async () => {
    const session = fakeSession({
      environments: () => Promise.resolve([]),
      list: () => Promise.resolve([samplePromotion()]),
      releases: () => Promise.resolve([]),
      openItems: () => Promise.resolve([left]),
    });
    const { out } = await record(['status'], { session });
    expect(out).toContain('Left to do\n  shop staging   merge the hotfix v2.1 back   merge-back:shop:v2.1\n');
  });
});
