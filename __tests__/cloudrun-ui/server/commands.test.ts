import { jest } from '@jest/globals';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { admin, alan, anna, promoter, viewer } from '../../engine/service/service-fixture.ts';
import { ApiDesk } from './api-desk.ts';

jest.setTimeout(60_000);

let server: ScratchPostgres;
let api: ApiDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
});
afterAll(async () => {
  await server.stop();
});
beforeEach(async () => {
  api = await ApiDesk.open(await server.createStoreDatabase());
});
afterEach(async () => {
  await api.close();
});

const request = { application: 'shop', release: 'v2', to: 'qa' };
const count = async (): Promise<number> => (await api.desk.store.listPromotions({ limit: 100 })).length;
const asked = async (more: object = {}): Promise<string> => {
  const { body } = await api.post<{ promotion: string }>('/api/promotions', { ...request, ...more });
  return body.promotion;
};

describe('commands by the API', () => {
  it('asks for a promotion in the name of whoever is signed in', async () => {
    const id = await asked({ reason: 'new checkout' });
    const { requestedBy, reason } = await api.desk.load(id);
    expect([requestedBy.id, requestedBy.via, reason]).toEqual([promoter.id, 'ui', 'new checkout']);
  });

  it('answers the same to the same under one idempotency key, and does it once', async () => {
    const headers = { 'Idempotency-Key': 'k-1' };
    const first = await api.post('/api/promotions', { ...request, isDryRun: true }, promoter, headers);
    const again = await api.post('/api/promotions', { isDryRun: true, ...request }, promoter, headers);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
    expect(await count()).toBe(1);
  });

  it('refuses another body under the same key, and takes the key of another person for another one', async () => {
    const headers = { 'Idempotency-Key': 'k-1' };
    const dry = { ...request, isDryRun: true };
    await api.post('/api/promotions', dry, promoter, headers);
    const other = await api.post('/api/promotions', { ...dry, reason: 'another' }, promoter, headers);
    expect([other.status, other.body['code']]).toEqual([422, 'key-reused']);
    expect((await api.post('/api/promotions', dry, admin, headers)).status).toBe(201);
    expect(await count()).toBe(2);
  });

  it('does what two send at once under one key once', async () => {
    const dry = { ...request, isDryRun: true };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => api.post('/api/promotions', dry, promoter, { 'Idempotency-Key': 'k-2' })),
    );
    expect(answers.map(({ status }) => status).filter((status) => status !== 201 && status !== 409)).toEqual([]);
    expect(await count()).toBe(1);
  });

  it('lets what was refused be asked for again under its key', async () => {
    const headers = { 'Idempotency-Key': 'k-3' };
    expect((await api.post('/api/promotions', request, viewer, headers)).status).toBe(403);
    expect((await api.post('/api/promotions', { ...request, to: 'production' }, promoter, headers)).status).toBe(409);
    expect((await api.post('/api/promotions', request, promoter, headers)).status).toBe(201);
  });

  it('says apart that there is nothing to do and that the rules ask for more', async () => {
    const there = await api.post('/api/promotions', { ...request, release: 'v1' });
    expect([there.status, there.body['code']]).toEqual([409, 'nothing-to-do']);
    const skipping = await api.post('/api/promotions', { ...request, to: 'prod' });
    expect([skipping.status, skipping.body['code']]).toEqual([409, 'requirements-not-met']);
  });

  it('cancels with a reason, takes notes, and refuses what is no JSON or no known word', async () => {
    const id = await asked();
    const note = await api.post(`/api/promotions/${id}/notes`, { text: 'looked at it' });
    expect(note.body).toMatchObject({ note: { by: promoter.id, text: 'looked at it' } });
    const cancelled = await api.post(`/api/promotions/${id}/cancel`, { reason: 'not today' });
    expect(cancelled.body).toMatchObject({ promotion: { id } });
    const strange = await api.post(`/api/promotions/${id}/notes`, { text: 'x', colour: 'red' });
    expect([strange.status, strange.body['code']]).toEqual([400, 'invalid-request']);
    const broken = await api.application.request(`/api/promotions/${id}/notes`, {
      method: 'POST',
      headers: { 'X-Test-Person': promoter.id, 'Content-Type': 'application/json', 'X-Promotion-Request': '1' },
      body: '{"text": ',
    });
    expect(broken.status).toBe(400);
  });

  it('never lets the requester approve, nor anybody a plan that is not the one he was shown', async () => {
    api.desk.rules = { ...api.desk.rules };
    const id = await asked();
    await api.desk.change(id, (draft) => {
      draft.startStep('initialize', alan);
      draft.finishStep('initialize', alan, 'done', {}, { plan: { hash: 'a'.repeat(64), body: {} } });
    });
    const decision = { decision: 'approved', planHash: 'b'.repeat(64) };
    const stale = await api.post(`/api/promotions/${id}/decisions`, decision, anna);
    expect(stale.status).toBe(409);
    const own = await api.post(`/api/promotions/${id}/decisions`, decision, promoter);
    expect(own.status).toBe(403);
    const withoutPlan = await api.post(`/api/promotions/${id}/decisions`, { decision: 'approved' }, anna);
    expect(withoutPlan.status).toBe(400);
  });
});
