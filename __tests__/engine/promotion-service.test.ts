import { Readable } from 'node:stream';
import { jest } from '@jest/globals';
import pg from 'pg';
import { commands, NotAuthorizedError, type Command, type Scope } from '../../engine/authorization.ts';
import { PromotionService } from '../../engine/promotion-service.ts';
import { engineActor, type Actor } from '../../engine/workflow/actor.ts';
import { startScratchPostgres, type ScratchPostgres } from '../support/scratch-postgres.ts';
import { unwillingKeeper } from '../support/unwilling-keeper.ts';
import { operator, ServiceDesk } from './service/service-fixture.ts';
import { boundFor, heldRoles, mayAsk, type Binding } from './who-may-ask.ts';

jest.setTimeout(600_000);

const place: Scope = { application: 'shop', environment: 'production' };
const wholeShop: Scope = { application: 'shop', environment: '*' };
const everything: Scope = { application: '*', environment: '*' };

/** One thing that is asked of the service. Allowed, it comes to nothing: what it is about is missing or said wrongly. */
interface Ask {
  readonly title?: string;
  /** Each of these is needed. */
  readonly needs: readonly Command[];
  readonly about: Scope;
  /** Whether it is told in part to whoever may look at a part of it, or is asked there by the rules to approve. */
  readonly hasParts?: true;
  call(actor: Actor): Promise<unknown>;
}

let server: ScratchPostgres;
let desk: ServiceDesk;
let database: pg.Client;
/** A promotion into production that was cancelled. */
let ended: string;
beforeAll(async () => {
  server = await startScratchPostgres();
  const url = await server.createStoreDatabase();
  desk = await ServiceDesk.open(url);
  database = new pg.Client({ connectionString: url });
  await database.connect();
  await desk.service.adopt(operator, 'shop', 'staging', 'v2');
  ended = await desk.run({ to: 'production' });
  await desk.change(ended, (draft) => {
    draft.openItem({ id: 'post-mortem:shop:v2', kind: 'post-mortem', detail: 'write it' }, engineActor);
    draft.moveTo('CANCELLED', engineActor);
  });
  const at = desk.clock.now();
  await desk.store.addWaiver(
    {
      id: 'wv-1',
      application: 'shop',
      finding: 'CVE-1',
      owner: 'olga',
      reason: 'not reachable',
      expiresAt: new Date(at.getTime() + 1000),
      releaseDigest: undefined,
      createdBy: 'olga',
      createdAt: at,
      revoked: undefined,
    },
    { at, type: 'finding-waived', actor: operator, data: {} },
  );
  for (const role of heldRoles.filter((each) => each !== 'none')) {
    for (const binding of Object.keys(boundFor) as Binding[]) {
      const subject = actorOf(role, binding).id;
      await desk.store.bindRole(
        { subject, role, ...boundFor[binding] },
        { at, type: 'role-bound', actor: operator, data: {} },
      );
    }
  }
});
afterAll(async () => {
  await database.end();
  await desk.close();
  await server.stop();
});

function actorOf(role: (typeof heldRoles)[number], binding: Binding): Actor {
  const id = `${role}-${String(Object.keys(boundFor).indexOf(binding))}@shop.example`;
  return { id, verified: true, roles: [], via: 'api' };
}

const signal = AbortSignal.timeout(600_000);
const read = (about: Scope, call: Ask['call']): Ask => ({ needs: ['read'], about, call });
const parts = (about: Scope, call: Ask['call']): Ask => ({ ...read(about, call), hasParts: true });
const ask = (command: Command, about: Scope, call: Ask['call']): Ask => ({ needs: [command], about, call });

/** By the names of the service's methods; one that is not here fails the test. */
const asks: Readonly<Record<string, readonly Ask[]>> = {
  run: [
    ask('run', place, (actor) => desk.run({ release: 'none', to: 'production' }, actor)),
    ...(
      [
        ['force', { forces: true }],
        ['skip-validation', { skipsValidation: true }],
        ['override-freeze', { overridesFreezes: true }],
        ['hotfix', { isHotfix: true }],
        ['redirect-configuration', { configuration: { branch: 'main' } }],
      ] as const
    ).map(([command, wish]): Ask => ({
      title: `run, ${command}`,
      needs: ['run', command],
      about: place,
      call: (actor) => desk.run({ to: 'production', reason: 'must', ...wish }, actor),
    })),
  ],
  completeRequest: [
    ask('run', place, (actor) => desk.service.completeRequest(actor, { application: 'shop', to: 'production' })),
  ],
  decide: [
    ask('approve', place, (actor) => desk.service.decide(actor, { promotionId: ended, decision: 'approved' })),
    ask('reject', place, (actor) => desk.service.decide(actor, { promotionId: ended, decision: 'rejected' })),
  ],
  tick: [ask('tick', place, (actor) => desk.service.tick(actor, { promotionId: ended, item: '1' }))],
  note: [ask('note', place, (actor) => desk.service.note(actor, ended, ''))],
  openItems: [
    read(place, (actor) => desk.service.openItems(actor, place)),
    parts(everything, (actor) => desk.service.openItems(actor, {})),
  ],
  closeItem: [ask('close-item', place, (actor) => desk.service.closeItem(actor, 'post-mortem:shop:v2', ''))],
  replay: [
    parts(wholeShop, (actor) => desk.service.replay(actor, { rules: desk.rules, application: 'shop' })),
    parts(everything, (actor) => desk.service.replay(actor, { rules: desk.rules })),
  ],
  report: [read(place, (actor) => desk.service.report(actor, ended))],
  history: [
    read(place, (actor) => desk.service.history(actor, { ...place, limit: 1 })),
    parts(everything, (actor) => desk.service.history(actor, { limit: 1 })),
  ],
  statistics: [
    read(place, (actor) => desk.service.statistics(actor, place)),
    parts(everything, (actor) => desk.service.statistics(actor, {})),
  ],
  extractAudit: [
    ask('export-audit', place, (actor) => desk.service.extractAudit(actor, { ...place, hasCompliance: false })),
    ask('export-audit', everything, (actor) => desk.service.extractAudit(actor, { hasCompliance: false })),
  ],
  prune: [
    ask('prune-audit', everything, (actor) =>
      desk.service.prune(actor, { chainsOlderThanDays: 365, isDryRun: true }, unwillingKeeper),
    ),
  ],
  people: [read(place, (actor) => desk.service.people(actor, ended))],
  cancel: [ask('cancel', place, (actor) => desk.service.cancel(actor, ended, 'no'))],
  retry: [
    ask('retry', place, (actor) => desk.service.retry(actor, ended)),
    {
      title: 'retry, force',
      needs: ['retry', 'force'],
      about: place,
      call: (actor) => desk.service.retry(actor, ended, { forces: true, reason: 'must' }),
    },
  ],
  previewRollback: [read(place, (actor) => desk.service.previewRollback(actor, { promotionId: ended }))],
  revisions: [read(place, (actor) => desk.service.revisions(actor, 'shop', 'production'))],
  confirmRollback: [ask('confirm-rollback', place, (actor) => desk.service.confirmRollback(actor, ended))],
  rollBack: [ask('rollback', place, (actor) => desk.service.rollBack(actor, { promotionId: ended, reason: 'no' }))],
  hold: [ask('hold', place, (actor) => desk.service.hold(actor, { ...place, reason: '' }))],
  unhold: [ask('hold', place, (actor) => desk.service.unhold(actor, place))],
  declareFreeze: [
    ask('freeze', place, (actor) =>
      desk.service.declareFreeze(actor, { ...place, name: '', reason: 'no', to: new Date('2030-01-01') }),
    ),
    ask('freeze', everything, (actor) =>
      desk.service.declareFreeze(actor, { name: '', reason: 'no', to: new Date('2030-01-01') }),
    ),
  ],
  liftFreeze: [
    ask('freeze', place, async (actor) => {
      const standing = await desk.service.freezes(operator);
      if (standing.length === 0) {
        const to = new Date(desk.clock.now().getTime() + 86_400_000);
        await desk.service.declareFreeze(operator, { ...place, name: 'audit', reason: 'auditors', to });
      }
      return desk.service.liftFreeze(actor, 'audit');
    }),
  ],
  freezes: [parts(everything, (actor) => desk.service.freezes(actor))],
  resumeAutoPromotion: [ask('resume', place, (actor) => desk.service.resumeAutoPromotion(actor, place))],
  closures: [
    parts(wholeShop, (actor) => desk.service.closures(actor, 'shop')),
    parts(everything, (actor) => desk.service.closures(actor)),
  ],
  newestPromotion: [read(place, (actor) => desk.service.newestPromotion(actor, 'shop', 'production'))],
  view: [read(place, (actor) => desk.service.view(actor, ended))],
  list: [
    read(place, (actor) => desk.service.list(actor, { ...place, limit: 1 })),
    parts(wholeShop, (actor) => desk.service.list(actor, { application: 'shop', limit: 1 })),
    parts(everything, (actor) => desk.service.list(actor, { limit: 1 })),
  ],
  environments: [
    parts(wholeShop, (actor) => desk.service.environments(actor, 'shop')),
    parts(everything, (actor) => desk.service.environments(actor)),
  ],
  inspect: [read(place, (actor) => desk.service.inspect(actor, place, signal))],
  compare: [
    read(wholeShop, (actor) =>
      desk.service.compare(actor, { application: 'shop', from: 'staging', to: 'production' }, signal),
    ),
  ],
  testEnvironment: [
    ask('test-environment', place, async (actor) => {
      for await (const event of desk.service.testEnvironment(actor, place, signal)) return event;
      return undefined;
    }),
  ],
  changesSince: [
    read(place, (actor) => desk.service.changesSince(actor, { ...place, since: new Date(0), limit: 1 })),
    parts(everything, (actor) => desk.service.changesSince(actor, { since: new Date(0), limit: 1 })),
  ],
  stateAt: [read(place, (actor) => desk.service.stateAt(actor, { ...place, at: new Date(0), limit: 1 }))],
  configurationHistory: [read(place, (actor) => desk.service.configurationHistory(actor, { ...place, limit: 1 }))],
  configurationDiff: [read(place, (actor) => desk.service.configurationDiff(actor, { ...place }))],
  releases: [parts(wholeShop, (actor) => desk.service.releases(actor, 'shop'))],
  logs: [read(place, (actor) => desk.service.logs(actor, ended, 0))],
  events: [read(place, (actor) => desk.service.events(actor, ended))],
  createRelease: [
    ask('create-release', wholeShop, (actor) =>
      desk.service.createRelease(actor, { application: 'shop', name: '!', content: {} }, []),
    ),
  ],
  assembleRelease: [
    ask('create-release', wholeShop, (actor) =>
      desk.service.assembleRelease(actor, { application: 'shop', name: 'v9', from: 'nowhere', tag: '*' }, signal),
    ),
  ],
  release: [parts(wholeShop, (actor) => desk.service.release(actor, 'shop', 'v1'))],
  judgeRelease: [
    ask('mark-bad', wholeShop, (actor) =>
      desk.service.judgeRelease(actor, { application: 'shop', name: 'none', judgement: 'bad', reason: 'no' }),
    ),
  ],
  locateSource: [
    parts(wholeShop, (actor) => desk.service.locateSource(actor, { word: '#1', application: 'shop' }, signal)),
    parts(everything, (actor) => desk.service.locateSource(actor, { word: '#1' }, signal)),
  ],
  addEvidence: [
    ask('add-evidence', wholeShop, (actor) =>
      desk.service.addEvidence(actor, {
        application: 'shop',
        release: 'none',
        source: 'a test',
        content: Readable.from(['']),
      }),
    ),
  ],
  waive: [
    ask('waive', wholeShop, (actor) =>
      desk.service.waive(actor, { application: 'shop', finding: 'CVE-1', reason: 'no', expiresAt: new Date(0) }),
    ),
  ],
  waivers: [
    parts(wholeShop, (actor) => desk.service.waivers(actor, 'shop')),
    parts(everything, (actor) => desk.service.waivers(actor)),
  ],
  revokeWaiver: [ask('waive', wholeShop, (actor) => desk.service.revokeWaiver(actor, 'wv-1', ''))],
  adoptRunning: [ask('adopt', place, (actor) => desk.service.adoptRunning(actor, place))],
  adopt: [ask('adopt', place, (actor) => desk.service.adopt(actor, 'shop', 'production', 'none'))],
  bindRole: [
    ask('bind-role', everything, (actor) => desk.service.bindRole(actor, { subject: '!', role: 'viewer', ...place })),
  ],
  unbindRole: [
    ask('bind-role', everything, (actor) =>
      desk.service.unbindRole(actor, { subject: 'nobody@shop.example', role: 'viewer', ...place }),
    ),
  ],
  recordClockMove: [
    ask('move-clock', everything, (actor) => desk.service.recordClockMove(actor, { fromSeconds: 0, bySeconds: 0 })),
  ],
  roles: [parts(everything, (actor) => desk.service.roles(actor))],
  chains: [
    ask('verify-audit', everything, async (actor) => {
      for await (const chain of desk.service.chains(actor)) return chain;
      return undefined;
    }),
  ],
};

const methods = Object.getOwnPropertyNames(PromotionService.prototype).filter((name) => name !== 'constructor');
const covers = (bound: Scope, about: Scope): boolean =>
  [
    [bound.application, about.application],
    [bound.environment, about.environment],
  ].every(([had, asked]) => had === '*' || had === asked);

/** Whether two scopes have something in common. */
const meets = (one: Scope, other: Scope): boolean =>
  [
    [one.application, other.application],
    [one.environment, other.environment],
  ].every(([left, right]) => left === '*' || right === '*' || left === right);

/** How many rows each table of the engine has. */
async function rowCounts(): Promise<unknown> {
  const { rows: tables } = await database.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables where table_schema = 'public' order by 1`,
  );
  const counts = tables.map(({ name }) => `select '${name}' as name, count(*)::int as rows from ${name}`);
  return (await database.query(counts.join(' union all '))).rows;
}

/** @returns the message of the refusal; undefined: it was allowed, whatever came of it. */
async function refusalOf(each: Ask, actor: Actor): Promise<string | undefined> {
  try {
    await each.call(actor);
    return undefined;
  } catch (error) {
    return error instanceof NotAuthorizedError ? error.message : undefined;
  }
}

describe('the service', () => {
  it('has no command that is not tried here, and uses every permission there is', () => {
    expect(Object.keys(asks).toSorted()).toEqual(methods.toSorted());
    expect(Object.keys(mayAsk).toSorted()).toEqual([...commands].toSorted());
    const used = new Set(Object.values(asks).flatMap((each) => each.flatMap(({ needs }) => needs)));
    // Whoever may ask for a promotion may ask to bring his approval; the rules say whether he does.
    const unused = commands.filter((command) => !used.has(command));
    expect(unused).toEqual(['auto-approve']);
  });

  describe.each(methods)('%s', (method) => {
    it.each((asks[method] ?? []).map((each) => [each.title ?? each.needs.join(' and '), each] as const))(
      'needs to be allowed to %s, for what it is about; refused, it names the role and writes nothing',
      async (_title, each) => {
        const cases = heldRoles.flatMap((role) =>
          (Object.keys(boundFor) as Binding[]).map((binding) => {
            const isInScope = role !== 'none' && covers(boundFor[binding], each.about);
            const isAsked = role === 'approver' && covers(boundFor[binding], place);
            const seesPart = role !== 'none' && mayAsk.read.includes(role) && meets(boundFor[binding], each.about);
            const lacking = each.needs.find((command) => !isInScope || !mayAsk[command].includes(role));
            return { role, binding, lacking: each.hasParts === true && (isAsked || seesPart) ? undefined : lacking };
          }),
        );
        // What is prepared for the command is there before anything is counted.
        await each.call({ ...engineActor, id: 'nobody@shop.example' }).catch(() => undefined);
        const before = await rowCounts();
        const wrong: string[] = [];
        for (const { role, binding, lacking } of cases.filter((one) => one.lacking !== undefined)) {
          const refusal = await refusalOf(each, actorOf(role, binding));
          const names = lacking === undefined ? [] : mayAsk[lacking];
          const isNamed =
            refusal?.includes(`${lacking === 'read' ? 'looking at it' : (lacking ?? '')} needs `) === true &&
            names.every((name) => refusal.includes(name));
          if (!isNamed)
            wrong.push(`${role} bound for ${binding} must be refused ${lacking ?? ''}: ${refusal ?? 'allowed'}`);
        }
        expect(wrong).toEqual([]);
        expect(await rowCounts()).toEqual(before);
        for (const { role, binding } of cases.filter((one) => one.lacking === undefined)) {
          const refusal = await refusalOf(each, actorOf(role, binding));
          if (refusal !== undefined) wrong.push(`${role} bound for ${binding} must be allowed: ${refusal}`);
        }
        expect(wrong).toEqual([]);
      },
    );
  });

  it('believes nobody whose identity nobody vouched for, whatever he asks', async () => {
    const actor: Actor = { ...actorOf('admin', 'everything'), verified: false };
    const allowed: string[] = [];
    for (const [method, list] of Object.entries(asks)) {
      for (const each of list) {
        if ((await refusalOf(each, actor)) === undefined) allowed.push(method);
      }
    }
    expect(allowed).toEqual([]);
  });
});
