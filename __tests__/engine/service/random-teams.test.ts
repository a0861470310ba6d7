import { jest } from '@jest/globals';
import fc from 'fast-check';
import { NotAuthorizedError } from '../../../engine/authorization.ts';
import { RefusedError } from '../../../engine/service/service-errors.ts';
import { engineActor, type Actor } from '../../../engine/workflow/actor.ts';
import { standingOf } from '../../../engine/workflow/approvals.ts';
import { startScratchPostgres, type ScratchPostgres } from '../../support/scratch-postgres.ts';
import { admin, operator, rulesOf, rulesText, ServiceDesk } from './service-fixture.ts';

jest.setTimeout(300_000);

let server: ScratchPostgres;
let desk: ServiceDesk;
beforeAll(async () => {
  server = await startScratchPostgres();
  desk = await ServiceDesk.open(await server.createStoreDatabase());
});
afterAll(async () => {
  await desk.close();
  await server.stop();
});

const team = ['ana', 'ben', 'cleo', 'dan', 'eve', 'finn'].map((name) => `${name}@shop.example`);
const teamRoles = ['sre', 'qa', 'approver'];

interface Team {
  readonly stages: readonly {
    readonly roles: readonly string[];
    readonly people: readonly string[];
    readonly minimum: number;
  }[];
  readonly samePersonMayFillStages: boolean;
  /** Who is bound to which role. */
  readonly bindings: readonly (readonly [string, string])[];
  readonly requester: string;
  readonly onBehalfOf: string | undefined;
  readonly authors: readonly string[];
  /** In the order in which they try to approve, each as he writes his name. */
  readonly voters: readonly string[];
}

/** One person is written in many ways. */
const written = (person: string) =>
  fc.constantFrom(person, person.toUpperCase(), ` ${person}`).map((name) => name.trim());
const authorOf = (person: string) => fc.constantFrom(person, person.toUpperCase(), `Somebody <${person}>`);
const someone = fc.constantFrom(...team);

const teams: fc.Arbitrary<Team> = fc.record({
  stages: fc.array(
    fc.record({
      roles: fc.subarray(teamRoles),
      people: fc.subarray(team, { minLength: 1 }),
      minimum: fc.integer({ min: 1, max: 2 }),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  samePersonMayFillStages: fc.boolean(),
  bindings: fc.array(fc.tuple(someone, fc.constantFrom(...teamRoles)), { maxLength: 8 }),
  requester: someone,
  onBehalfOf: fc.option(someone, { nil: undefined }),
  authors: fc.array(someone.chain(authorOf), { maxLength: 2 }),
  voters: fc.array(someone.chain(written), { minLength: 6, maxLength: 14 }),
});

const personOf = (name: string): string => (/<([^<>]+)>/.exec(name)?.[1] ?? name).toLowerCase();
/** Whoever wanted the change, and whoever made it, in words of its own. */
const behind = ({ requester, onBehalfOf, authors }: Team): ReadonlySet<string> =>
  new Set([requester, ...(onBehalfOf === undefined ? [] : [onBehalfOf]), ...authors].map(personOf));

let releases = 0;

/** A promotion of the team's change that waits for its approval; undefined: nobody could ever approve it. */
async function ask(of: Team): Promise<string | undefined> {
  const stages = of.stages.map(({ roles, people, minimum }, index) => {
    // More than there are people is refused with the rules already.
    const most = roles.length > 0 ? minimum : Math.min(minimum, people.length);
    return `{ name: stage-${String(index)}, roles: [${roles.join(', ')}], people: [${people.join(', ')}], minimumApprovals: ${String(most)} }`;
  });
  const approvals = `approvals: { samePersonMayFillStages: ${String(of.samePersonMayFillStages)}, stages: [${stages.join(', ')}] }`;
  try {
    desk.rules = rulesOf(rulesText(approvals));
  } catch {
    // Stages that share too few people are no rules.
    return undefined;
  }
  for (const binding of await desk.store.allRoleBindings()) await desk.service.unbindRole(admin, binding);
  for (const [subject, role] of of.bindings) {
    const known = role === 'approver' || of.stages.some(({ roles }) => roles.includes(role));
    if (known) await desk.service.bindRole(admin, { subject, role, application: 'shop', environment: '*' });
  }
  releases += 1;
  const name = `r${String(releases)}`;
  await desk.release(name, of.authors);
  await desk.service.adopt(operator, 'shop', 'qa', name);
  const requester: Actor = { id: of.requester, verified: true, roles: ['promoter'], via: 'ci' };
  try {
    const id = await desk.run({ release: name, to: 'staging', onBehalfOf: of.onBehalfOf }, requester);
    await desk.change(id, (draft) => {
      draft.moveTo('VALIDATING_CONDITIONS', engineActor);
      draft.finishStep('validate-conditions', engineActor, 'fine', {}, { plan: { hash: name, body: {} } });
      draft.moveTo('PENDING_APPROVAL', engineActor);
      draft.park({ reason: 'approval', detail: 'asked', until: undefined }, engineActor);
    });
    return id;
  } catch (error) {
    expect(error).toBeInstanceOf(RefusedError);
    expect(String(error)).toContain('nobody could complete the stage');
    return undefined;
  }
}

async function tryToApprove(id: string, voter: string): Promise<'counted' | 'refused'> {
  const actor: Actor = { id: voter, verified: true, roles: [], via: 'cli' };
  try {
    await desk.service.decide(actor, { promotionId: id, decision: 'approved' });
    return 'counted';
  } catch (error) {
    const isRefusal = error instanceof RefusedError || error instanceof NotAuthorizedError;
    if (!isRefusal) throw error;
    return 'refused';
  }
}

describe('in any team, with any roles, stages, quorums, authors and machines', () => {
  it('whoever asked, stood behind a machine that asked, or wrote the change approves nothing of it', async () => {
    let asked = 0;
    let granted = 0;
    await fc.assert(
      fc.asyncProperty(teams, async (of) => {
        const id = await ask(of);
        if (id === undefined) return;
        asked += 1;
        const excluded = behind(of);
        for (const voter of of.voters) {
          const answer = await tryToApprove(id, voter);
          if (excluded.has(personOf(voter))) expect([voter, answer]).toEqual([voter, 'refused']);
        }
        const record = await desk.load(id);
        const votes = await desk.store.votes(id);
        expect(votes.map(({ actor }) => personOf(actor)).filter((person) => excluded.has(person))).toEqual([]);
        const release = await desk.store.loadRelease(record.releaseId);
        const standing = standingOf({ ...record, planHash: record.planHash ?? '' }, release, votes);
        // Nor would votes of theirs count that got into the store some other way.
        const forged = [...excluded].flatMap((person) =>
          record.definition.approvalStages.map(({ name }) => ({
            stage: name,
            actor: person,
            decision: 'approved' as const,
            planHash: record.planHash ?? '',
            comment: undefined,
            at: new Date(0),
          })),
        );
        expect(standingOf({ ...record, planHash: record.planHash ?? '' }, release, [...forged, ...votes])).toEqual(
          standing,
        );
        if (standing.kind === 'granted') granted += 1;
      }),
      { numRuns: 150 },
    );
    // Otherwise it would say nothing.
    expect(asked).toBeGreaterThan(30);
    expect(granted).toBeGreaterThan(5);
  });
});
