import fc from 'fast-check';
import { approvalStanding, excludedFromApproval } from '../../../engine/workflow/approvals.ts';
import type { ApprovalStage } from '../../../engine/workflow/definition.ts';
import type { Vote } from '../../../engine/workflow/step-queries.ts';

const plan = 'the-plan';
const people = ['ana', 'Ben', 'cleo', 'DAN', 'eve', 'BEN', 'Ana'];
const stageNames = ['sre', 'qa', 'owner'];

const stage = (name: string, minimumApprovals: number): ApprovalStage => ({
  name,
  roles: ['approver'],
  people: [],
  minimumApprovals,
  timeoutSeconds: 60,
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
const someExcluded = fc
  .subarray(people)
  .map(([requester = 'nobody', ...authors]) => excludedFromApproval(requester, authors));

/** What the words say, the slow way. */
function expected(stages: readonly ApprovalStage[], votes: readonly Vote[], excluded: ReadonlySet<string>): string {
  const counts = (each: Vote) => each.planHash === plan && !excluded.has(each.actor.toLowerCase());
  if (votes.some((each) => counts(each) && each.decision === 'rejected')) return 'rejected';
  for (const { name, minimumApprovals } of stages) {
    const voters = votes.filter((each) => counts(each) && each.stage === name).map((each) => each.actor.toLowerCase());
    if (new Set(voters).size < minimumApprovals) return `waiting for ${name}`;
  }
  return 'granted';
}

const standingOf = (
  stages: readonly ApprovalStage[],
  votes: readonly Vote[],
  excluded: ReadonlySet<string>,
): string => {
  const standing = approvalStanding(stages, votes, plan, excluded);
  return standing.kind === 'waiting' ? `waiting for ${standing.stage.name}` : standing.kind;
};

describe('the standing of an approval', () => {
  it('is what the rules say for any votes', () => {
    fc.assert(
      fc.property(someStages, someVotes, someExcluded, (stages, votes, excluded) => {
        expect(standingOf(stages, votes, excluded)).toBe(expected(stages, votes, excluded));
      }),
    );
  });

  it('is the same without the votes of the requester and the authors', () => {
    fc.assert(
      fc.property(someStages, someVotes, someExcluded, (stages, votes, excluded) => {
        const others = votes.filter((each) => !excluded.has(each.actor.toLowerCase()));
        expect(standingOf(stages, votes, excluded)).toBe(standingOf(stages, others, excluded));
      }),
    );
  });

  it('is the same without the votes over another plan', () => {
    fc.assert(
      fc.property(someStages, someVotes, someExcluded, (stages, votes, excluded) => {
        const overThis = votes.filter((each) => each.planHash === plan);
        expect(standingOf(stages, votes, excluded)).toBe(standingOf(stages, overThis, excluded));
      }),
    );
  });

  it('does not move when somebody votes twice', () => {
    fc.assert(
      fc.property(someStages, someVotes, someExcluded, (stages, votes, excluded) => {
        const twice = [...votes, ...votes.map((each) => ({ ...each, actor: each.actor.toUpperCase() }))];
        expect(standingOf(stages, twice, excluded)).toBe(standingOf(stages, votes, excluded));
      }),
    );
  });

  it('goes through the stages in their order: votes for a later one wait for the one before', () => {
    const stages = [stage('sre', 1), stage('qa', 1)];
    expect(standingOf(stages, [vote('qa', 'Ben')], new Set())).toBe('waiting for sre');
    expect(standingOf(stages, [vote('sre', 'ana')], new Set())).toBe('waiting for qa');
    expect(standingOf(stages, [vote('sre', 'ana'), vote('qa', 'Ben')], new Set())).toBe('granted');
  });

  it('names who approved, and who refused with what words', () => {
    const stages = [stage('sre', 2)];
    expect(approvalStanding(stages, [vote('sre', 'Ben'), vote('sre', 'cleo')], plan, new Set())).toEqual({
      kind: 'granted',
      by: ['ben', 'cleo'],
    });
    const refusal = vote('sre', 'cleo', { decision: 'rejected', comment: 'not on a Friday' });
    expect(approvalStanding(stages, [vote('sre', 'Ben'), refusal], plan, new Set())).toEqual({
      kind: 'rejected',
      by: 'cleo',
      comment: 'not on a Friday',
    });
  });

  it('is granted when nothing is asked for', () => {
    expect(approvalStanding([], [], plan, new Set())).toEqual({ kind: 'granted', by: [] });
  });
});

describe('who may not approve', () => {
  it('is whoever asked and whoever wrote it, however their names are written', () => {
    const excluded = excludedFromApproval('Ana@Shop.example', ['ben@shop.example', 'CLEO@shop.example']);
    expect([...excluded].toSorted()).toEqual(['ana@shop.example', 'ben@shop.example', 'cleo@shop.example']);
  });
});
