import { jest } from '@jest/globals';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import type { AuditEntryQuery, AuditPlace } from '../../../engine/store/audit-entry-store.ts';
import { engineActor } from '../../../engine/workflow/actor.ts';
import { UnknownNameError } from '../../../engine/service/service-errors.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { admin, operator, promoter, ServiceDesk, viewer } from './service-fixture.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let desk: ServiceDesk;
/** Of v2 into qa, which goes on by itself and is cancelled. */
let promotion: string;
beforeAll(async () => {
  server = await startScratchPostgres();
  desk = await ServiceDesk.open(await server.createStoreDatabase());
  desk.clock.advance(60);
  promotion = await desk.run({ reason: 'new checkout' });
  desk.clock.advance(60);
  await desk.change(promotion, (draft) => {
    draft.moveTo('VALIDATING_CONDITIONS', engineActor);
    draft.startStep('validate-conditions', engineActor);
  });
  desk.clock.advance(60);
  const binding = { subject: 'ben@shop.example', role: 'viewer', application: '*', environment: '*' };
  await desk.service.bindRole(admin, binding);
  await desk.service.hold(operator, { application: 'shop', environment: 'production', reason: 'the sale' });
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

const read = (query: Partial<AuditEntryQuery> = {}, actor = viewer) =>
  desk.service.overview.auditEntries(actor, { limit: 100, ...query });
const typesOf = async (query: Partial<AuditEntryQuery>) => (await read(query)).entries.map(({ type }) => type);

describe('entries of the audit trail over all chains', () => {
  it('are those of promotions and of administration, the newest first, each with what it is about', async () => {
    const { entries } = await read();
    const times = entries.map(({ at }) => at.getTime());
    expect(times).toEqual(times.toSorted((one, other) => other - one));
    expect(entries[0]).toMatchObject({
      chain: 'administration',
      type: 'environment-held',
      application: 'shop',
      environment: 'production',
      kind: undefined,
    });
    expect(entries.find(({ type }) => type === 'requested')).toMatchObject({
      chain: promotion,
      application: 'shop',
      environment: 'qa',
      release: 'v2',
      kind: 'promote',
    });
  });

  it('are found by person, by what it was, by application and environment, and by time', async () => {
    expect(await typesOf({ by: promoter.id })).toEqual(['requested']);
    expect(await typesOf({ types: ['role-bound', 'environment-held'] })).toEqual(['environment-held', 'role-bound']);
    expect(
      new Set((await read({ environment: 'qa', types: ['requested', 'adopted'] })).entries.map(({ chain }) => chain)),
    ).toEqual(new Set([promotion, 'administration']));
    const [held] = (await read({ types: ['environment-held'] })).entries;
    const at = held?.at ?? new Date(0);
    expect(await typesOf({ since: at })).toEqual(['environment-held', 'role-bound']);
    expect(await typesOf({ until: at, types: ['environment-held', 'requested'] })).toEqual(['requested']);
  });

  it('of one environment include what was said for every one', async () => {
    expect(await typesOf({ environment: 'prod', types: ['role-bound', 'environment-held'] })).toEqual([
      'environment-held',
      'role-bound',
    ]);
    expect(await typesOf({ environment: 'qa', types: ['role-bound', 'environment-held'] })).toEqual(['role-bound']);
  });

  it('leave out what the engine does by itself, where only people are asked about', async () => {
    expect(await typesOf({ application: 'shop' })).toContain('step-started');
    expect(await typesOf({ application: 'shop', isOfPeople: true })).not.toContain('step-started');
  });

  it('are read a part at a time, each entry once, also where several have the same moment', async () => {
    const whole = (await read()).entries.map(({ chain, seq }) => `${chain} ${String(seq)}`);
    const parts: string[] = [];
    let before: AuditPlace | undefined;
    do {
      const { entries, next } = await read({ limit: 3, before });
      parts.push(...entries.map(({ chain, seq }) => `${chain} ${String(seq)}`));
      before = next;
    } while (before !== undefined);
    expect(parts).toEqual(whole);
    expect(new Set(parts).size).toBe(parts.length);
  });

  it('are for whoever may look, of what there is', async () => {
    await expect(read({}, { ...viewer, roles: [] })).rejects.toThrow(NotAuthorizedError);
    await expect(read({ environment: 'nowhere' })).rejects.toThrow(UnknownNameError);
  });
});
