import {
  otherVotes,
  peopleOfStage,
  stageStandings,
} from '../../../../cloudrun-ui/web/src/pages/promotion/stage-standings.ts';

const stage = (name: string, minimumApprovals = 1) => {
  return { name, roles: [], people: [], minimumApprovals, timeoutSeconds: 60 };
};
const vote = (of: string, by: string, more: object = {}) => ({
  stage: of,
  by,
  saidBy: null,
  decision: 'approved' as const,
  planHash: 'a',
  isOverThisPlan: true,
  comment: null,
  at: '2030-01-01T00:00:00Z',
  ...more,
});

describe('approval stages', () => {
  const stages = [stage('SRE', 2), stage('Product')];
  const told = (...approvals: readonly ReturnType<typeof vote>[]) =>
    stageStandings(stages, approvals).map(({ standing, approvals: own }) => [standing, own.map(({ by }) => by)]);

  it('wait one after the other, each until it is complete', () => {
    expect(told()).toEqual([
      ['waiting', []],
      ['next', []],
    ]);
    expect(told(vote('SRE', 'sam'))).toEqual([
      ['waiting', ['sam']],
      ['next', []],
    ]);
    expect(told(vote('SRE', 'sam'), vote('SRE', 'sofia'))).toEqual([
      ['complete', ['sam', 'sofia']],
      ['waiting', []],
    ]);
  });

  it('count nothing that was said of another plan, which is told beside them', () => {
    const outdated = vote('SRE', 'sam', { isOverThisPlan: false });
    const rejected = vote('SRE', 'sofia', { decision: 'rejected' });
    expect(told(outdated)).toEqual([
      ['waiting', []],
      ['next', []],
    ]);
    expect(otherVotes([outdated, vote('SRE', 'sofia'), rejected])).toEqual([outdated, rejected]);
  });

  it('name whom they are for', () => {
    expect(peopleOfStage({ people: ['sam', 'sofia'], roles: ['sre'] })).toBe('sam, sofia or the role sre');
    expect(peopleOfStage({ people: ['pat'], roles: [] })).toBe('pat');
  });
});
