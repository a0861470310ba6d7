import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import { NotFoundError, RefusedError } from '../../../engine/service/service-errors.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { RunningDesk } from './running-desk.ts';
import { admin, alan, operator, promoter, rulesOf, rulesText, viewer } from './service-fixture.ts';

jest.setTimeout(120_000);

let server: ScratchPostgres;
let running: RunningDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
afterEach(async () => {
  await running.close();
});

const checklist = `checklist:
  - { item: Release notes prepared }
  - { item: Rollback plan documented, by: captain }
  - { item: The target is healthy, gate: health }
  - { item: Monitoring verified, phase: after }
  - { item: Health seen, phase: after, gate: health }`;
const healthGate = 'gates: { health: { environment: target } }';
const captain: Actor = { id: 'cleo@shop.example', verified: true, roles: [], via: 'cli' };
const ask = { release: 'v3', to: 'staging' } as const;

async function open(more = `${healthGate}\n${checklist}`): Promise<void> {
  running = await RunningDesk.open(await server.createStoreDatabase(), rulesText(more));
  await running.release('v3', { verifiedIn: ['dev', 'qa'] });
  const binding = { subject: captain.id, role: 'captain', application: 'shop', environment: 'staging' };
  if (more.includes('captain')) await running.desk.service.bindRole(admin, binding);
}
const tick = (promotionId: string, item: string, actor: Actor = promoter, note?: string) =>
  running.desk.service.tick(actor, { promotionId, item, note });
const standingOf = async (id: string) =>
  (await running.desk.service.people(viewer, id)).checklist.map(({ state, by }) => [state, by]);
const leftToDo = async () =>
  (await running.desk.service.openItems(viewer, { application: 'shop' })).map(({ detail }) => detail);

describe('a checklist before a promotion', () => {
  it('holds it up where everybody sees what is missing, until people and gates have ticked all of it', async () => {
    await open();
    const { id, state, parked } = await running.promote(ask);
    expect([state, parked?.reason, parked?.detail]).toEqual([
      'PENDING_APPROVAL',
      'checklist',
      '1 of 3 items ticked: "Release notes prepared", "Rollback plan documented" missing',
    ]);
    await tick(id, 'Release notes prepared', promoter, 'wiki/v3');
    await running.work();
    expect((await running.desk.load(id)).parked?.detail).toBe(
      '2 of 3 items ticked: "Rollback plan documented" missing',
    );
    await tick(id, '2', captain);
    await running.work();
    expect((await running.desk.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await standingOf(id)).toEqual([
      ['ticked-by-person', promoter.id],
      ['ticked-by-person', captain.id],
      ['ticked-by-gate', 'health'],
      ['open', undefined],
      ['ticked-by-gate', 'health'],
    ]);
  });

  it('is kept with who ticked what, when and why, in the audit trail and in the report, gates with what they found', async () => {
    await open();
    const { id } = await running.promote(ask);
    await tick(id, '1', promoter, 'wiki/v3');
    await tick(id, '2', captain);
    await running.work();
    const entries = (await running.desk.store.events(id)).filter(({ type }) => type === 'checklist-ticked');
    expect(entries.map(({ actor, data }) => [actor.id, data['item'], data['by'], data['note']])).toEqual([
      [promoter.id, 'Release notes prepared', promoter.id, 'wiki/v3'],
      [captain.id, 'Rollback plan documented', captain.id, null],
      ['promotion-process', 'The target is healthy', 'gate:health', 'staging 1 healthy'],
      ['promotion-process', 'Health seen', 'gate:health', 'staging 1 healthy'],
    ]);
    expect(await running.report(id)).toContain(
      '## Checklist\n\n- [x] Release notes prepared, paula@shop.example: wiki/v3\n- [x] Rollback plan documented, cleo@shop.example\n- [x] The target is healthy, gate health: staging 1 healthy\n- [ ] Monitoring verified\n',
    );
  });

  it('comes before the approval, so that whoever approves knows that it was done', async () => {
    await open(`${healthGate}\n${checklist}\napprovals: { stages: [{ name: SRE, roles: [approver] }] }`);
    const { id } = await running.promote(ask);
    await tick(id, '1');
    await tick(id, '2', captain);
    await running.work();
    expect((await running.desk.load(id)).parked?.reason).toBe('approval');
  });

  it('keeps its ticks when the target changes meanwhile, and asks only for the approval anew', async () => {
    await open(`${healthGate}\n${checklist}\napprovals: { stages: [{ name: SRE, roles: [approver] }] }`);
    const { id } = await running.promote(ask);
    await tick(id, '1');
    await tick(id, '2', captain);
    await running.work();
    running.git.commit('env/staging', { 'shop/staging/values.yaml': 'feature: { limit: 6 }\n' });
    await running.desk.change(id, (draft) => {
      draft.makeDue();
    });
    await running.work();
    expect((await running.desk.load(id)).parked?.reason).toBe('approval');
    expect((await standingOf(id))[0]).toEqual(['ticked-by-person', promoter.id]);
  });

  it('lets people tick what its gate only warned about, and no longer asks for what somebody overruled', async () => {
    await open(
      'gates: { coverage: { onMissing: warn }, tests: {} }\nforce: { allowed: true, roles: [operator] }\nchecklist: [{ item: Covered, gate: coverage }, { item: Tested, gate: tests }]',
    );
    const { id, parked } = await running.promote({ ...ask, forces: true, reason: 'must' }, operator);
    expect(parked?.detail).toBe('1 of 2 items ticked: "Covered" missing');
    await tick(id, 'Covered', promoter, 'looked at by hand');
    await running.work();
    expect((await running.desk.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await standingOf(id)).toEqual([
      ['ticked-by-person', promoter.id],
      ['overruled', operator.id],
    ]);
  });

  it('is no part of a path without one, nor of a dry run', async () => {
    await open(healthGate);
    const { steps } = await running.promote(ask);
    expect(steps.map(({ name }) => name)).not.toContain('await-checklist');
    running.desk.rules = rulesOf(rulesText(`${healthGate}\n${checklist}`));
    const dry = await running.promote({ ...ask, isDryRun: true, isAgain: true });
    expect(dry.state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await leftToDo()).toEqual([]);
  });
});

describe('a checklist behind a promotion', () => {
  it('leaves what nobody has ticked to be done, without holding the promotion up, until it is ticked', async () => {
    await open(`${healthGate}\nchecklist: [{ item: Monitoring verified, phase: after }, { item: Told, phase: after }]`);
    const { id, state } = await running.promote(ask);
    expect(state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await leftToDo()).toEqual(['Monitoring verified', 'Told']);
    await tick(id, 'Told');
    expect(await leftToDo()).toEqual(['Monitoring verified']);
    await tick(id, '1');
    expect(await leftToDo()).toEqual([]);
  });

  it('is not asked for what was ticked while it ran', async () => {
    const rules = `approvals: { stages: [{ name: SRE, roles: [approver] }] }\nchecklist: [{ item: Told, phase: after }]`;
    let duringVerification: () => Promise<unknown> = async () => undefined;
    running = await RunningDesk.open(await server.createStoreDatabase(), rulesText(rules), {
      probe: {
        probe: async (url) => {
          await duringVerification();
          return { url, status: 200, message: undefined, responseTimeMs: 12, isHealthy: true };
        },
      },
    });
    await running.release('v3', { verifiedIn: ['dev', 'qa'] });
    const { id } = await running.promote(ask);
    await expect(tick(id, 'Told')).rejects.toThrow(
      `"Told" belongs behind the promotion, and ${id} has not deployed to staging yet; tick it then`,
    );
    duringVerification = () => tick(id, 'Told');
    await running.desk.service.decide(alan, { promotionId: id, decision: 'approved' });
    await running.work();
    expect((await running.desk.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
    expect(await standingOf(id)).toEqual([['ticked-by-person', promoter.id]]);
    expect(await leftToDo()).toEqual([]);
    const told = await running.desk.service.events(viewer, id);
    expect(told.filter(({ type }) => type === 'item-opened')).toEqual([]);
  });

  it('is refused on a promotion that failed', async () => {
    await open(`checklist: [{ item: Told, phase: after }]\ngates: { coverage: {} }`);
    const { id, state } = await running.promote(ask);
    expect(state).toBe('FAILED');
    await expect(tick(id, 'Told')).rejects.toThrow('has ended (FAILED); "Told" is not asked for any more');
  });

  it('is closed by ticking alone', async () => {
    await open(`checklist: [{ item: Told, phase: after }]`);
    const { id } = await running.promote(ask);
    const [item] = await running.desk.service.openItems(viewer, {});
    await expect(running.desk.service.closeItem(operator, item?.id ?? '', 'done')).rejects.toThrow(
      `tick it: promote check ${id} "Told"`,
    );
  });
});

describe('ticking', () => {
  it('is not looked for under a name that no store can hold', async () => {
    await expect(running.desk.service.openItems(viewer, { application: 'sh\0op' })).rejects.toThrow(RefusedError);
  });

  it('is refused for what the checklist has not, with what it has', async () => {
    await open();
    const { id } = await running.promote(ask);
    const mistyped = tick(id, 'Release notes prepard');
    await expect(mistyped).rejects.toThrow(NotFoundError);
    await expect(mistyped).rejects.toThrow(
      /no item "Release notes prepard". Did you mean Release notes prepared\? It has 1 "Release notes prepared", 2 /,
    );
    await expect(tick(id, '6')).rejects.toThrow('has no item "6"');
  });

  it('is refused to whoever may not, and to whoever lacks the role that an item names', async () => {
    await open();
    const { id } = await running.promote(ask);
    await expect(tick(id, '1', viewer)).rejects.toThrow(NotAuthorizedError);
    await expect(tick(id, '1', { ...captain, verified: false })).rejects.toThrow('is not verified');
    // The captain's item is no licence for the others.
    await expect(tick(id, '1', captain)).rejects.toThrow(NotAuthorizedError);
    const others = tick(id, '2', operator);
    await expect(others).rejects.toThrow(RefusedError);
    await expect(others).rejects.toThrow('"Rollback plan documented" is ticked by the role captain');
  });

  it('is refused for what a gate ticks, and for what another person has ticked; the same again changes nothing', async () => {
    await open();
    const { id } = await running.promote(ask);
    // Also to somebody who may tick nothing: there is nothing to be ticked.
    for (const actor of [promoter, viewer]) {
      await expect(tick(id, '3', actor)).rejects.toThrow('"The target is healthy" was ticked by the gate health');
    }
    await tick(id, '1');
    const { version } = await running.desk.load(id);
    expect(await tick(id, '1')).toMatchObject({ state: 'ticked-by-person', by: promoter.id });
    expect((await running.desk.load(id)).version).toBe(version);
    await expect(tick(id, '1', operator)).rejects.toThrow('was ticked by paula@shop.example already');
  });

  it('at once by several people is done by one', async () => {
    await open();
    const { id } = await running.promote(ask);
    const results = await Promise.allSettled([promoter, operator, admin].map((actor) => tick(id, '1', actor)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await running.desk.store.ticks(id)).toHaveLength(1);
  });

  it('is refused when it is too late', async () => {
    await open();
    const { id } = await running.promote(ask);
    await running.desk.service.cancel(operator, id, 'no');
    await running.work();
    await expect(tick(id, '1')).rejects.toThrow('has ended (CANCELLED); "Release notes prepared" is not asked for');
  });
});

describe('a note', () => {
  it('goes into the audit trail and the report, also after the end', async () => {
    await open(`approvals: { stages: [{ name: SRE, roles: [approver] }] }`);
    const { id } = await running.promote(ask);
    await running.desk.service.note(operator, id, '  restarted the cache\nby hand ');
    await running.desk.service.decide(alan, { promotionId: id, decision: 'approved', comment: 'tried it' });
    await running.work();
    const { planHash = '' } = await running.desk.load(id);
    expect(await running.report(id)).toContain(
      `## Approvals\n\n- SRE: approved by alan@shop.example, 2026-11-20T10:00:00.000Z, plan ${planHash}: tried it\n\n## Notes\n\n- olga@shop.example, 2026-11-20T10:00:00.000Z: restarted the cache by hand\n`,
    );
    await running.desk.service.note(operator, id, 'customers told');
    expect((await running.desk.service.people(viewer, id)).notes.map(({ by, text }) => [by, text])).toEqual([
      [operator.id, 'restarted the cache\nby hand'],
      [operator.id, 'customers told'],
    ]);
    expect((await running.desk.load(id)).state).toBe('COMPLETED_SUCCESSFULLY');
  });

  it('must say something, and not a book, and is refused to whoever may not', async () => {
    await open('');
    const { id } = await running.promote(ask);
    await expect(running.desk.service.note(operator, id, ' \n')).rejects.toThrow('a note must say something');
    await expect(running.desk.service.note(operator, id, 'x'.repeat(4001))).rejects.toThrow('at most 4000 characters');
    await expect(running.desk.service.note(viewer, id, 'hello')).rejects.toThrow(NotAuthorizedError);
    expect((await running.desk.service.people(viewer, id)).notes).toEqual([]);
  });
});
