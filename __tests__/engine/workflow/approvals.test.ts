import fc from 'fast-check';
import {
  approvalStanding,
  behindTheChange,
  isInStage,
  personKey,
  stagePeopleText,
  standingOf,
} from '../../../engine/workflow/approvals.ts';
import type { Actor } from '../../../engine/workflow/actor.ts';
import type { ApprovalStage } from '../../../engine/workflow/definition.ts';
import type { Override } from '../../../engine/workflow/override.ts';
import type { Vote } from '../../../engine/workflow/step-queries.ts';
import { ana, sampleDefinition, sampleRelease } from './sample-promotion.ts';

const plan = 'the-plan';
const people = ['ana', 'Ben', 'cleo', 'DAN', 'eve', 'BEN', 'Ana'];
const stageNames = ['sre', 'qa', 'owner'];

const stage = (name: string, minimumApprovals: number, more: Partial<ApprovalStage> = {}): ApprovalStage => ({
  name,
  roles: ['approver'],
  people: [],
  minimumApprovals,
  timeoutSeconds: 60,
  ...more,
});
const vote = (stageName: string, actor: string, more: Partial<Vote> = {}): Vote => ({
  stage: stageName,
  actor,
  decision: 'approved',
  planHash: plan,
  comment: undefined,
  at: new Date(0),
  ...more,
});

const someStages = fc
  .array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 })
  .map((minimums) => minimums.map((minimum, index) => stage(stageNames[index] ?? '', minimum)));
const someVotes = fc.array(
  fc
    .record({
      stage: fc.constantFrom(...stageNames),
      actor: fc.constantFrom(...people),
      planHash: fc.constantFrom(plan, plan, 'another-plan'),
      decision: fc.constantFrom<Vote['decision']>('approved', 'approved', 'approved', 'rejected'),
    })
    .map(({ stage: name, actor, planHash, decision }) => vote(name, actor, { planHash, decision })),
  { maxLength: 20 },
);
const someExcluded = fc.subarray(people).map((excluded) => new Set(excluded.map(personKey)));
const cases = fc
  .tuple(someStages, someVotes, someExcluded, fc.boolean())
  .map(([stages, votes, excluded, samePersonMayFillStages]) => ({
    stages,
    votes,
    excluded,
    samePersonMayFillStages,
    planHash: plan,
  }));
type Case = Parameters<typeof approvalStanding>[0];

/** What the words say, the slow way. */
function expected({ stages, votes, excluded, samePersonMayFillStages }: Case): string {
  const isOutside = (each: Vote) => !excluded.has(each.actor.toLowerCase());
  const counts = (each: Vote) => each.planHash === plan && isOutside(each);
  if (votes.some((each) => isOutside(each) && each.decision === 'rejected')) return 'rejected';
  const filled: string[] = [];
  for (const { name, minimumApprovals } of stages) {
    const here: string[] = [];
    for (const each of votes.filter((candidate) => counts(candidate) && candidate.stage === name)) {
      const person = each.actor.toLowerCase();
      const isFree = !here.includes(person) && (samePersonMayFillStages || !filled.includes(person));
      if (isFree && here.length < minimumApprovals) here.push(person);
    }
    if (here.length < minimumApprovals) return `waiting for ${name}`;
    filled.push(...here);
  }
  return 'granted';
}

const told = (approval: Case): string => {
  const standing = approvalStanding(approval);
  return standing.kind === 'waiting' ? `waiting for ${standing.stage.name}` : standing.kind;
};
const simple = (stages: readonly ApprovalStage[], votes: readonly Vote[], more: Partial<Case> = {}): Case => ({
  stages,
  votes,
  planHash: plan,
  excluded: new Set(),
  samePersonMayFillStages: false,
  ...more,
});

describe('the standing of an approval', () => {
  it('is what the rules say for any votes', () => {
    fc.assert(
      fc.property(cases, (approval) => {
        expect(told(approval)).toBe(expected(approval));
      }),
      { numRuns: 1000 },
    );
  });

  it('is the same without the votes of whoever is behind the change', () => {
    fc.assert(
      fc.property(cases, (approval) => {
        const votes = approval.votes.filter((each) => !approval.excluded.has(each.actor.toLowerCase()));
        expect(told(approval)).toBe(told({ ...approval, votes }));
      }),
    );
  });

  it('is the same without the approvals of another plan, while a rejection is never forgotten', () => {
    fc.assert(
      fc.property(cases, (approval) => {
        const votes = approval.votes.filter((each) => each.planHash === plan || each.decision === 'rejected');
        expect(told(approval)).toBe(told({ ...approval, votes }));
      }),
    );
  });

  it('does not move when somebody votes twice', () => {
    fc.assert(
      fc.property(cases, (approval) => {
        const twice = approval.votes.flatMap((each) => [each, { ...each, actor: each.actor.toUpperCase() }]);
        expect(told({ ...approval, votes: twice })).toBe(told(approval));
      }),
    );
  });

  it('is granted only by as many different people as all stages need, where each counts in one', () => {
    fc.assert(
      fc.property(cases, (approval) => {
        const standing = approvalStanding({ ...approval, samePersonMayFillStages: false });
        if (standing.kind !== 'granted') return;
        const needed = approval.stages.reduce((sum, each) => sum + each.minimumApprovals, 0);
        expect(new Set(standing.by).size).toBe(needed);
      }),
      { numRuns: 1000 },
    );
  });

  it('goes through the stages in their order: votes for a later one wait for the one before', () => {
    const stages = [stage('sre', 1), stage('qa', 1)];
    expect(told(simple(stages, [vote('qa', 'Ben')]))).toBe('waiting for sre');
    expect(told(simple(stages, [vote('sre', 'ana')]))).toBe('waiting for qa');
    expect(told(simple(stages, [vote('sre', 'ana'), vote('qa', 'Ben')]))).toBe('granted');
  });

  it('needs another person for each stage, unless the rules let one fill several', () => {
    const stages = [stage('sre', 1), stage('qa', 1)];
    const votes = [vote('sre', 'Ben'), vote('qa', 'BEN')];
    expect(approvalStanding(simple(stages, votes))).toMatchObject({
      kind: 'waiting',
      stage: { name: 'qa' },
      by: [],
      spent: new Set(['ben']),
    });
    expect(approvalStanding(simple(stages, votes, { samePersonMayFillStages: true }))).toEqual({
      kind: 'granted',
      by: ['ben'],
    });
  });

  it('does not use up whoever voted in a stage that had enough already', () => {
    const stages = [stage('sre', 1), stage('qa', 1)];
    const votes = [vote('sre', 'ana'), vote('sre', 'Ben'), vote('qa', 'Ben')];
    expect(approvalStanding(simple(stages, votes))).toEqual({ kind: 'granted', by: ['ana', 'ben'] });
  });

  it('names who approved, and who refused with what words', () => {
    const stages = [stage('sre', 2)];
    expect(approvalStanding(simple(stages, [vote('sre', 'Ben'), vote('sre', 'cleo')]))).toEqual({
      kind: 'granted',
      by: ['ben', 'cleo'],
    });
    const refusal = vote('sre', 'cleo', { decision: 'rejected', comment: 'not on a Friday' });
    expect(approvalStanding(simple(stages, [vote('sre', 'Ben'), refusal]))).toEqual({
      kind: 'rejected',
      by: 'cleo',
      comment: 'not on a Friday',
    });
  });

  it('is granted when nothing is asked for', () => {
    expect(approvalStanding(simple([], []))).toEqual({ kind: 'granted', by: [] });
  });

  it('of a promotion that began before the rule let one person fill several stages', () => {
    const definition = sampleDefinition([], { approvalStages: [stage('sre', 1), stage('qa', 1)] });
    const promotion = { requestedBy: ana, overrides: [], definition, planHash: plan };
    expect(standingOf(promotion, sampleRelease, [vote('sre', 'Ben'), vote('qa', 'Ben')]).kind).toBe('granted');
  });
});

describe('who is behind a change', () => {
  const override = (kind: Override['kind'], by: string): Override => ({ kind, by, reason: 'must', at: '' });
  const written = (authors: string[]) => ({
    content: { ...sampleRelease.content, source: { repository: 'r', commit: 'c', authors } },
  });

  it('is whoever asked, whoever a machine asked for, whoever overruled its validation, and whoever wrote it', () => {
    const robot: Actor = { ...ana, id: 'ci@shop.example', via: 'ci', onBehalfOf: 'Ana@Shop.example' };
    const overrides = [override('force', 'olga@shop.example'), override('skip-validation', 'otto@shop.example')];
    const behind = behindTheChange({ requestedBy: robot, overrides }, written(['Ben <BEN@shop.example>', ' Cleo ']));
    expect([...behind].toSorted()).toEqual([
      'ana@shop.example',
      'ben@shop.example',
      'ci@shop.example',
      'cleo',
      'olga@shop.example',
      'otto@shop.example',
    ]);
  });

  it('is not whoever let it through a freeze, which says nothing about the change', () => {
    const behind = behindTheChange({ requestedBy: ana, overrides: [override('freeze-override', 'olga')] }, undefined);
    expect([...behind]).toEqual([ana.id]);
  });
});

describe('who a stage is for', () => {
  const sre = stage('SRE', 1, { people: ['Ben@shop.example'], roles: ['sre'] });

  it('is whoever it names, however that is written, and whoever holds one of its roles', () => {
    expect(isInStage(sre, 'BEN@shop.example', [])).toBe(true);
    expect(isInStage(sre, 'cleo@shop.example', ['sre'])).toBe(true);
    expect(isInStage(sre, 'cleo@shop.example', ['qa', 'admin', 'SRE'])).toBe(false);
    expect(stagePeopleText(sre)).toBe('Ben@shop.example, role sre');
  });
});
