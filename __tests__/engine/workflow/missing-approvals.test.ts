import type { ApprovalStage, Definition } from '../../../engine/workflow/definition.ts';
import { missingApprovals } from '../../../engine/workflow/missing-approvals.ts';
import type { Vote } from '../../../engine/workflow/step-queries.ts';
import { moment, sampleDefinition, samplePromotion, sampleRelease } from './sample-promotion.ts';

const stage = (name: string, more: Partial<ApprovalStage> = {}): ApprovalStage => ({
  name,
  people: [],
  roles: [],
  minimumApprovals: 1,
  timeoutSeconds: 3600,
  ...more,
});
const vote = (actor: string, of: string, more: Partial<Vote> = {}): Vote => ({
  stage: of,
  actor,
  decision: 'approved',
  planHash: 'plan-1',
  comment: undefined,
  at: moment,
  ...more,
});
const stages = [
  stage('SRE', { people: ['ben', 'cleo', 'ana'], roles: ['sre'], minimumApprovals: 2 }),
  stage('CAB', { people: ['ben', 'dora'] }),
];

function missing(
  votes: readonly Vote[],
  more: Partial<Definition> = {},
  plan: { readonly planHash?: string } = { planHash: 'plan-1' },
) {
  const definition = { ...sampleDefinition([]), approvalStages: stages, ...more };
  const requestedBy = { id: 'ana', verified: true, roles: [], via: 'cli' } as const;
  return missingApprovals(
    { ...samplePromotion(definition), requestedBy, planHash: plan.planHash },
    sampleRelease,
    votes,
  );
}

describe('what is missing to an approval', () => {
  it('is told by stage, with how many, and with those of the named whose vote would count', () => {
    expect(missing([])).toEqual([
      '0 of 2 approvals of stage SRE; still missing: 2 from ben, cleo, role sre',
      'then stage CAB: 1 from ben, dora',
    ]);
    expect(missing([vote('cleo', 'SRE')])).toEqual([
      '1 of 2 approvals of stage SRE; still missing: 1 from ben, role sre',
      'then stage CAB: 1 from ben, dora',
    ]);
  });

  it('does not name for a later stage whoever has filled an earlier one, unless the rules let one person fill both', () => {
    const both = [vote('ben', 'SRE'), vote('cleo', 'SRE')];
    const oneForAll = { approvalRule: { samePersonMayFillStages: true, isAutomaticWhenGatesPass: false } };
    const oneForOne = { approvalRule: { samePersonMayFillStages: false, isAutomaticWhenGatesPass: false } };
    expect(missing(both, oneForOne)).toEqual(['0 of 1 approval of stage CAB; still missing: 1 from dora']);
    expect(missing(both, oneForAll)).toEqual(['0 of 1 approval of stage CAB; still missing: 1 from ben, dora']);
    expect(missing([vote('ben', 'SRE')], oneForOne)[1]).toBe('then stage CAB: 1 from dora');
  });

  it('is all of it again when the votes were over another plan, and nothing once it is decided', () => {
    expect(missing([vote('cleo', 'SRE', { planHash: 'plan-0' })])[0]).toContain('0 of 2 approvals');
    expect(missing([vote('ben', 'SRE'), vote('cleo', 'SRE'), vote('dora', 'CAB')])).toEqual([]);
    expect(missing([vote('ben', 'SRE', { decision: 'rejected' })])).toEqual([]);
    expect(missing([], {}, {})).toEqual([]);
  });
});
