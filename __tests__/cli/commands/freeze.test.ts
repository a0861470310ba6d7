import { instantText } from '../../../engine/schedule/instant-text.ts';
import type { DeclaredFreeze } from '../../../engine/promotion-service.ts';
import { afterStart } from '../../../scripts/sample-promotion.ts';
import { fakeSession } from '../support/fake-session.ts';
import { record } from '../support/recorded-command.ts';

const freeze = (more: Partial<DeclaredFreeze> = {}): DeclaredFreeze => ({
  id: 'freeze-1',
  name: 'year-end',
  application: '*',
  environment: 'production',
  reason: 'nobody is there',
  from: afterStart(0),
  to: afterStart(86_400),
  exceptHotfix: true,
  declaredBy: 'olga',
  declaredAt: afterStart(0),
  ...more,
});

const asked: unknown[] = [];
const session = fakeSession({
  declareFreeze: (_actor, request) => {
    asked.push(request);
    return Promise.resolve(freeze());
  },
  freezes: () =>
    Promise.resolve([
      freeze(),
      freeze({ name: 'audit', application: 'shop', from: afterStart(3600), exceptHotfix: false }),
    ]),
  liftFreeze: (_actor, name) => {
    asked.push(name);
    return Promise.resolve(freeze());
  },
});
beforeEach(() => {
  asked.length = 0;
});

describe('promote freeze', () => {
  it('declares one from now on unless it says from when', async () => {
    const words = ['freeze', 'year-end', '--to', '1d', '--env', 'prod', '--reason', 'nobody is there', '--also-hotfix'];
    const { exitCode, out } = await record(words, { session });
    expect(exitCode).toBe(0);
    expect(asked).toEqual([
      {
        name: 'year-end',
        application: undefined,
        environment: 'prod',
        reason: 'nobody is there',
        from: undefined,
        to: afterStart(60 + 86_400),
        exceptHotfix: false,
      },
    ]);
    expect(out).toContain('Next:  promote freeze year-end --lift');
  });

  it('lists those that are declared, those that have begun with another mark', async () => {
    const { out } = await record(['freeze', '--list'], { session });
    expect(out.split('\n').slice(0, 2)).toEqual([
      `■   year-end   every application → production    ${instantText(afterStart(0))} – ${instantText(afterStart(86_400))}   nobody is there (olga)`,
      `□   audit      shop → production, hotfixes too   ${instantText(afterStart(3600))} – ${instantText(afterStart(86_400))}   nobody is there (olga)`,
    ]);
    const json = JSON.parse((await record(['freeze', '--list', '--json'], { session })).out) as { freezes: unknown[] };
    expect(json.freezes).toHaveLength(2);
  });

  it('lifts one by its name', async () => {
    const { exitCode, out } = await record(['freeze', 'year-end', '--lift'], { session });
    expect([exitCode, out]).toEqual([0, '✔ year-end is lifted; what waited for its end goes on by itself.\n']);
    expect(asked).toEqual(['year-end']);
  });

  it.each([
    [['freeze'], 'name the freeze, or give --list'],
    [['freeze', 'x', '--list'], '--list shows every declared freeze'],
    [['freeze', 'x', '--to', '2h'], 'with --to and --reason'],
    [
      ['freeze', 'x', '--from', '2027-01-02', '--to', '2026-01-01', '--reason', 'y'],
      '--from says when it begins, --to when it ends',
    ],
    [['freeze', 'x', '--to', '2025-01-01', '--reason', 'y'], 'is over already'],
    [['freeze', 'x', '--to', 'someday', '--reason', 'y'], 'someday is no moment'],
  ])('says how it is typed: %p', async (words, message) => {
    const { exitCode, errors } = await record(words, { session });
    expect(exitCode).toBe(2);
    expect(errors).toContain(message);
    expect(asked).toEqual([]);
  });
});

describe('promote resume', () => {
  it('ends the pause of auto-promotion', async () => {
    const resuming = fakeSession({
      resumeAutoPromotion: (_actor, { application }) => Promise.resolve({ application, environment: 'staging' }),
    });
    const { exitCode, out } = await record(['resume', 'shop', '--env', 'stage'], { session: resuming });
    expect([exitCode, out]).toEqual([0, '✔ Verified releases of shop move into staging by themselves again.\n']);
  });
});
