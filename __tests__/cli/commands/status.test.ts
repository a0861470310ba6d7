import { instantText } from '../../../engine/schedule/instant-text.ts';
import type { EnvironmentState } from '../../../engine/promotion-service.ts';
import { afterStart, sampleRelease, samplePromotion, sampleView } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

const environment = (name: string, changes: Partial<EnvironmentState> = {}): EnvironmentState => ({
  application: 'shop',
  name,
  release: sampleRelease({ id: 'rel-1', name: 'v1' }),
  promotionId: undefined,
  deployedAt: afterStart(-720),
  verifiedAt: afterStart(-700),
  autoPromotionPausedAt: undefined,
  slotHeldBy: undefined,
  ...changes,
});

const waiting = samplePromotion({
  state: 'PENDING_APPROVAL',
  endedAt: undefined,
  parked: {
    reason: 'approval',
    detail: '0 of 1 approval of stage sre',
    since: afterStart(0),
    until: afterStart(3600),
  },
});

const session = fakeSession({
  environments: () =>
    Promise.resolve([
      environment('dev', { release: sampleRelease() }),
      environment('staging', { slotHeldBy: 'pr-0c', verifiedAt: undefined }),
    ]),
  list: () => Promise.resolve([waiting]),
  view: () => Promise.resolve(sampleView({ id: 'pr-0c' })),
  releases: () => Promise.resolve([sampleRelease()]),
});

const shown = `application   dev                     staging
shop          ✔ v2 verified, 13 min   … v1 not verified, 13 min
                                      ◷ v2 needs approval
                                      slot held by pr-0c

On its way
  shop v2   dev → staging   pr-7f3a   waiting for approval: 0 of 1 approval of stage sre, for 1 min now; expires in 59 min
`;

describe('promote status', () => {
  it('says first of all that an environment stands half-way, and what to type', async () => {
    const stuck = sampleView({ id: 'pr-0c', state: 'ROLLBACK_FAILED' });
    const half = fakeSession({
      environments: () => Promise.resolve([environment('staging', { slotHeldBy: 'pr-0c' })]),
      list: () => Promise.resolve([]),
      view: () => Promise.resolve(stuck),
      releases: () => Promise.resolve([sampleRelease()]),
    });
    const { out } = await record(['status'], { session: half });
    expect(out).toMatch(/^✖ shop in staging: taking v2 back failed half-way/);
    expect(out).toContain('  promote retry pr-0c     (once the cause is removed)');
    expect(out).not.toContain('✔');
    const json = await record(['status', '--json'], { session: half });
    expect(JSON.parse(json.out)).toMatchObject({ stuck: [{ id: 'pr-0c', state: 'ROLLBACK_FAILED' }] });
  });

  it('shows what is held and frozen, until when, and why', async () => {
    const closed = fakeSession({
      environments: () => Promise.resolve([environment('dev'), environment('staging')]),
      list: () => Promise.resolve([]),
      closures: () =>
        Promise.resolve([
          {
            kind: 'hold',
            application: 'shop',
            environment: 'staging',
            name: undefined,
            reason: 'incident 4711',
            until: undefined,
            by: 'olga',
          },
          {
            kind: 'freeze',
            application: '*',
            environment: '*',
            name: 'year-end',
            reason: 'nobody is there',
            until: afterStart(86_400),
            by: undefined,
          },
        ]),
    });
    const { out } = await record(['status'], { session: closed });
    expect(out).toBe(`application   dev                     staging
shop          ✔ v1 verified, 13 min   ✔ v1 verified, 13 min
              ■ frozen                ■ held
                                      ■ frozen

Closed
  ■ held     shop in staging                          until it is released            incident 4711 (olga)
  ■ frozen   every application in every environment   until ${instantText(afterStart(86_400))}   year-end: nobody is there (the rules)

Nothing is on its way.
`);
    const json = JSON.parse((await record(['status', '--json'], { session: closed })).out) as { closures: unknown[] };
    expect(json.closures).toHaveLength(2);
  });

  it('shows what runs where and what is on its way', async () => {
    const { exitCode, out } = await record(['status'], { session });
    expect(out).toBe(shown);
    expect(exitCode).toBe(0);
  });

  it('tells how long a release has been marked bad, not how long it has run', async () => {
    const bad = { since: afterStart(-120), reason: 'slow', by: 'olga' };
    const marked = fakeSession({
      environments: () => Promise.resolve([environment('staging', { release: sampleRelease({ bad }) })]),
      list: () => Promise.resolve([]),
    });
    expect((await record(['status'], { session: marked })).out).toContain('✖ v2 marked bad, 3 min\n');
  });

  it('says of what came, and of what comes, in the emergency lane that it did', async () => {
    const hotfixes = fakeSession({
      environments: () => Promise.resolve([environment('staging', { isHotfix: true }), environment('live')]),
      list: () => Promise.resolve([{ ...waiting, lane: 'hotfix', toEnvironment: 'live' }]),
      releases: () => Promise.resolve([sampleRelease()]),
    });
    const { out } = await record(['status'], { session: hotfixes });
    expect(out).toContain('✔ v1 (hotfix) verified, 13 min');
    expect(out).toContain('✔ v1 verified, 13 min');
    expect(out).toContain('◷ v2 (hotfix) needs approval');
    expect(out).toContain('shop v2 (hotfix)');
    const json = JSON.parse((await record(['status', '--json'], { session: hotfixes })).out) as object;
    expect(json).toMatchObject({
      environments: [{ isHotfix: true }, { isHotfix: false }],
      running: [{ lane: 'hotfix' }],
    });
  });

  it('shows until when what runs can be undone, and what waits for that', async () => {
    const contract = samplePromotion({
      id: 'pr-c0',
      kind: 'contract',
      contractOf: 'pr-7f3a',
      state: 'INITIALIZING',
      endedAt: undefined,
      parked: {
        reason: 'undo-window',
        detail: 'then migration 3 removes what older releases need',
        since: afterStart(0),
        until: afterStart(3660),
      },
    });
    const undoable = fakeSession({
      environments: () => Promise.resolve([environment('staging', { undoWindowUntil: afterStart(3660) })]),
      list: () => Promise.resolve([contract]),
      releases: () => Promise.resolve([sampleRelease()]),
    });
    expect((await record(['status'], { session: undoable })).out).toBe(`application   staging
shop          ✔ v1 verified, 13 min
              undo window ends in 1 h

On its way
  shop v2   contract in staging   pr-c0   undo window: then migration 3 removes what older releases need, for 1 min now; until 2026-11-21 15:03:00 UTC
`);
    const json: unknown = JSON.parse((await record(['status', '--json'], { session: undoable })).out);
    expect(json).toMatchObject({
      environments: [{ undoWindowUntil: afterStart(3660).toISOString() }],
      running: [{ kind: 'contract', contractOf: 'pr-7f3a', stateText: 'waiting for the undo window to end' }],
    });
  });

  it('says of a promotion whose worker is gone that it is, and no state that nobody is in', async () => {
    const lost = samplePromotion({
      state: 'PENDING_APPROVAL',
      endedAt: undefined,
      goneRun: { hasBegun: true, silentSeconds: 34, takeOverAt: afterStart(56), takeOverInSeconds: -4 },
    });
    const lostSession = fakeSession({
      environments: () => Promise.resolve([environment('staging')]),
      list: () => Promise.resolve([lost]),
      releases: () => Promise.resolve([sampleRelease()]),
    });
    const { out } = await record(['status'], { session: lostSession });
    expect(out).toContain('◐ v2 lost its worker');
    expect(out).toContain('its worker is gone, not heard of for 34 s; another takes over at any moment');
    expect(out).not.toContain('waiting for approval');
    const json: unknown = JSON.parse((await record(['status', '--json'], { session: lostSession })).out);
    expect(json).toMatchObject({
      running: [{ stateText: 'lost its worker', goneRun: { silentSeconds: 34 } }],
    });
    expect((await record(['list'], { session: lostSession })).out).toContain('! lost its worker');
  });

  it('says of a promotion whose worker never began that nobody is at work on it, and until when another takes over', async () => {
    const lost = samplePromotion({
      state: 'INITIALIZING',
      endedAt: undefined,
      goneRun: { hasBegun: false, silentSeconds: 12, takeOverAt: afterStart(56), takeOverInSeconds: 18 },
    });
    const lostSession = fakeSession({
      environments: () => Promise.resolve([environment('staging')]),
      list: () => Promise.resolve([lost]),
      releases: () => Promise.resolve([sampleRelease()]),
    });
    const { out } = await record(['status'], { session: lostSession });
    expect(out).toContain(
      `nobody is at work: the worker started 12 s ago has not begun; another takes over by ${instantText(afterStart(56))}`,
    );
    expect(out).not.toContain('getting ready');
    expect((await record(['list'], { session: lostSession })).out).toContain('! has no worker yet');
  });

  it('refreshes in place on a terminal until ctrl-C, which is no failure', async () => {
    const { exitCode, out } = await record(['status', '--watch'], {
      session,
      isInteractive: true,
      interruptedAtSleep: 2,
    });
    expect(exitCode).toBe(0);
    expect(out.split('\u001b[9F')).toHaveLength(2);
  });

  it('repeats itself in plain lines where nobody watches', async () => {
    const { exitCode, out } = await record(['status', '--watch'], { session, interruptedAtSleep: 2 });
    expect(exitCode).toBe(0);
    expect(out.split('On its way')).toHaveLength(3);
    expect(out).not.toContain('\u001b');
  });

  it.each([
    ['plain', [], 2],
    ['JSON', ['--json'], 2],
  ])(
    'waits for an engine that goes away while it is watched, says since when, and goes on (%s)',
    async (_, more, shown) => {
      let looks = 0;
      const leaving = fakeSession({
        environments: () => {
          looks += 1;
          return looks === 2 || looks === 3
            ? Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:5432'))
            : Promise.resolve([environment('staging')]);
        },
        list: () => Promise.resolve([]),
        releases: () => Promise.resolve([sampleRelease()]),
      });
      const { exitCode, out } = await record(['status', '--watch', ...more], {
        session: leaving,
        interruptedAtSleep: 4,
      });
      expect(exitCode).toBe(0);
      expect(out.split('connect ECONNREFUSED')).toHaveLength(3);
      expect(out.match(/2026-11-21T14:03:05\.000Z[":]/g)?.length).toBeGreaterThanOrEqual(2);
      expect(out.split(/Nothing is on its way|"running"/)).toHaveLength(shown + 1);
    },
  );

  it('is one JSON document, and one a line when watched', async () => {
    const once = JSON.parse((await record(['status', '--json'], { session })).out) as {
      environments: unknown[];
      running: unknown[];
    };
    expect([once.environments.length, once.running.length]).toEqual([2, 1]);
    const { out } = await record(['status', '--json', '--watch'], { session, interruptedAtSleep: 3 });
    expect(
      out
        .trimEnd()
        .split('\n')
        .map((line) => typeof JSON.parse(line)),
    ).toEqual(['object', 'object', 'object']);
  });

  it('says what would be here when nothing is', async () => {
    const empty = fakeSession({ environments: () => Promise.resolve([]), list: () => Promise.resolve([]) });
    expect((await record(['status'], { session: empty })).out).toContain('promote run <application>');
  });
});

describe('promote status of one that was refused', () => {
  it('names the gates with the reason, and says what to do', async () => {
    const message = 'coverage: 61 %, less than 80 %\nload: no report';
    const failure = {
      step: 'validate-conditions',
      requirementsNotMet: true,
      error: {
        severity: 'HIGH',
        category: 'VALIDATION',
        code: undefined,
        message,
        remedy: 'meet them',
        isRetryable: false,
      },
    } as const;
    const people = { votes: [], checklist: [], notes: [], openItems: [], spokenFor: new Map<string, string>() };
    const refused = fakeSession({
      people: () => Promise.resolve(people),
      view: () => Promise.resolve(sampleView({ state: 'FAILED', failure, steps: [] })),
    });
    const { out } = await record(['status', 'pr-7f3a'], { session: refused });
    expect(out).toContain('shop v2 may not be promoted to staging: the requirements that');
    expect(out).toContain('  coverage: 61 %, less than 80 %\n  load: no report\n');
    expect(out).toContain('Next:  promote validate shop --release v2 --from dev --to staging');
    expect(out).not.toContain('no plan yet');
  });
});
