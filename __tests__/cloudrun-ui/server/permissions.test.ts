import { jest } from '@jest/globals';
import { allEndpoints } from '../../../cloudrun-ui/server/endpoints/all-endpoints.ts';
import type { Identity } from '../../../cloudrun-ui/server/identity/identity.ts';
import { authorizationMatrix, roles, type Actor } from '../../../engine/promotion-service.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { admin, rulesText, ServiceDesk } from '../../engine/service/service-fixture.ts';
import { unreachablePorts } from '../../support/unreachable-ports.ts';
import { ApiDesk } from './api-desk.ts';

jest.setTimeout(120_000);

const holders = [...roles, 'nobody', 'somebody without a role'] as const;
type Holder = (typeof holders)[number];

/** People without a role of their own, who are bound to one in one application, or in one environment of it. */
const bound = [
  ['viewer of shop', 'shop', '*'],
  ['viewer of shop in qa', 'shop', 'qa'],
  ['viewer of blog', 'blog', '*'],
] as const;
type Bound = (typeof bound)[number][0];

const header = 'X-Test-Role';
/** Vouches for somebody who has just the role that the header names. */
const byRole: Identity = {
  kind: 'iap',
  identify({ headers }) {
    const holder = headers.get(header);
    if (holder === 'nobody' || holder === null) return Promise.resolve({ kind: 'unknown', why: 'nobody is signed in' });
    const actor: Actor = {
      id: idOf(holder),
      verified: true,
      roles: roles.filter((role) => role === holder),
      via: 'ui',
    };
    return Promise.resolve({ kind: 'known', actor });
  },
};

function idOf(holder: string): string {
  return `${holder.replaceAll(' ', '-')}@shop.example`;
}

const sentence = { reason: 'tried', text: 'tried', note: 'tried', comment: 'tried' };
const place = { application: 'shop', environment: 'qa' };
/** Bodies of commands that are understood, by the operation. */
const bodies: Readonly<Record<string, object>> = {
  bindRole: { ...place, subject: 'ben@shop.example', role: 'viewer' },
  unbindRole: { ...place, subject: 'ben@shop.example', role: 'viewer' },
  requestPromotion: { application: 'shop', release: 'v2', to: 'qa', isDryRun: true },
  decidePromotion: { decision: 'approved', planHash: 'a'.repeat(64) },
  cancelPromotion: { reason: 'tried' },
  retryPromotion: {},
  tickItem: { item: '1' },
  noteDown: { text: 'tried' },
  closeItem: { id: 'item-1', note: 'tried' },
  rollBack: { reason: 'tried' },
  confirmRollback: {},
  judgeRelease: { judgement: 'bad', reason: 'tried' },
  proposeRules: { text: 'version: 1' },
  waiveFinding: { application: 'shop', finding: 'CVE-1', reason: 'tried', expiresAt: '2027-01-01T00:00:00Z' },
  revokeWaiver: { id: 'wv-1', reason: 'tried' },
  holdEnvironment: { ...place, reason: 'tried' },
  releaseEnvironment: place,
  declareFreeze: { name: 'tried', reason: sentence.reason, to: '2026-12-01T00:00:00Z' },
  liftFreeze: { name: 'tried' },
  resumeAutoPromotion: place,
  createRelease: {
    name: 'v7',
    content: { images: [{ service: 'api', image: 'api', digest: `sha256:${'7'.repeat(64)}` }] },
  },
  assembleRelease: { name: 'v8', from: 'dev', tag: 'v8' },
  addEvidence: { report: '{}', source: 'tried' },
  adoptRunning: {},
  testEnvironment: {},
  pruneAudit: { chainsOlderThanDays: 3650 },
};
/** Words that an operation cannot do without. */
const queries: Readonly<Record<string, string>> = {
  comparePromotions: '?one=PROMOTION&other=PROMOTION',
  listChanges: '?since=2026-11-20T09:00:00Z',
  showStateAt: '?at=2026-11-20T09:00:00Z',
  explainRules: '?to=qa',
  showPermissions: '?application=shop',
  showPlanSince: `?hash=${'a'.repeat(64)}`,
  locateSource: '?change=abcdef0',
};
/** What has to be there, or nobody may be told whether he might. */
const withoutThing = new Set(['closeItem', 'revokeWaiver', 'liftFreeze']);

let server: ScratchPostgres;
let desk: ServiceDesk;
let api: ApiDesk;
let promotion: string;
beforeAll(async () => {
  server = await startScratchPostgres();
  const rules = rulesText().replace('environments:', '  - name: blog\n    services: [{ name: api }]\nenvironments:');
  desk = await ServiceDesk.open(await server.createStoreDatabase(), rules, unreachablePorts);
  for (const [holder, application, environment] of bound) {
    await desk.service.bindRole(admin, { subject: idOf(holder), role: 'viewer', application, environment });
  }
  api = ApiDesk.over(desk, { identity: byRole });
  promotion = await desk.run({ isDryRun: true });
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

async function answerOf(operation: string, holder: Holder | Bound): Promise<Response> {
  const endpoint = allEndpoints.find(({ route }) => route.operationId === operation);
  if (endpoint === undefined) throw new Error(`there is no ${operation}`);
  const path = `${endpoint.route.path}${queries[operation] ?? ''}`
    .replaceAll('{promotion}', promotion)
    .replaceAll('PROMOTION', promotion)
    .replaceAll('{application}', 'shop')
    .replaceAll('{environment}', 'qa')
    .replaceAll('{release}', 'v2');
  const own = { [header]: holder };
  return api.application.request(
    path,
    endpoint.kind === 'query'
      ? { headers: own }
      : {
          method: 'POST',
          headers: { ...own, 'Content-Type': 'application/json', 'X-Promotion-Request': '1' },
          body: JSON.stringify(bodies[operation]),
        },
  );
}

/** Every operation with every role, and with nobody: what the matrix of permissions says is what the API does. */
describe.each(allEndpoints.map((endpoint) => [endpoint.route.operationId ?? '', endpoint] as const))(
  'who may %s',
  (operation, { kind, asks }) => {
    it('has a body that is understood to be tried with', () => {
      expect(kind === 'query' || bodies[operation] !== undefined).toBe(true);
    });

    it.each(holders)('%s', async (holder) => {
      const { status } = await answerOf(operation, holder);
      expect(status).not.toBe(400);
      if (holder === 'nobody') expect(status).toBe(401);
      else if (asks === undefined) expect(status).toBe(200);
      else if (authorizationMatrix[asks].some((role) => role === holder)) expect([401, 403]).not.toContain(status);
      else expect(withoutThing.has(operation) ? [403, 404] : [403]).toContain(status);
    });
  },
);

/** What is told of the whole installation at once, and claims to be complete. */
const ofEverything = new Set(['showAudit', 'showAuditKey', 'showCompliance']);

/** A role for one application opens that application and no other; what lists all lists just that. */
describe.each(allEndpoints.map((endpoint) => [endpoint.route.operationId ?? '', endpoint] as const))(
  'what %s tells somebody with a role for one application alone',
  (operation, { asks, route }) => {
    const isOfShop = /\{(application|promotion)\}/.test(route.path) || /PROMOTION/.test(queries[operation] ?? '');
    const mayAsk = asks === undefined || (authorizationMatrix[asks].includes('viewer') && !ofEverything.has(operation));

    it.each(['viewer of shop', 'viewer of shop in qa'] as const)(
      '%s: as much as of that application',
      async (holder) => {
        const { status } = await answerOf(operation, holder);
        if (mayAsk) expect([401, 403]).not.toContain(status);
        else expect(withoutThing.has(operation) ? [403, 404] : [403]).toContain(status);
      },
    );

    it('viewer of blog: nothing of another application, not even that there is one', async () => {
      const answer = await answerOf(operation, 'viewer of blog');
      if (isOfShop || !mayAsk) {
        expect(withoutThing.has(operation) ? [403, 404] : [403]).toContain(answer.status);
        return;
      }
      expect([401, 403]).not.toContain(answer.status);
      const text = await answer.text();
      expect(text).not.toContain(promotion);
      expect(text).not.toMatch(/\bshop\b(?!\.example)/);
    });
  },
);
