import { expect } from '@jest/globals';
import { examineApprovals } from '../../../cli/compose/examine-approvals.ts';
import { afterStart, samplePromotion } from '../../../scripts/sample-promotion.ts';
import { rulesOf, rulesText } from '../../engine/service/service-fixture.ts';
import { doctorWorld, findingsOf } from './doctor-fixture.ts';

const staged = (stage: string) => rulesOf(rulesText(`approvals: { stages: [${stage}] }`));

describe('approvals, as doctor sees them', () => {
  it('are well when every stage has enough people', async () => {
    const rules = staged('{ name: SRE, roles: [sre], minimumApprovals: 2 }');
    const holdersOf = () => Promise.resolve(['ana@shop.example', 'bob@shop.example']);
    const [staging] = await findingsOf(examineApprovals(doctorWorld({ rules, store: { holdersOf } })));
    expect(staging).toEqual({
      subject: 'approvals · staging',
      level: 'ok',
      detail: 'every stage of qa → staging has enough people',
    });
  });

  it('that nobody has the permission for say for whom, and which command gives it', async () => {
    const rules = staged('{ name: SRE, roles: [sre], minimumApprovals: 2 }');
    const holdersOf = () => Promise.resolve(['ana@shop.example']);
    const [staging] = await findingsOf(examineApprovals(doctorWorld({ rules, store: { holdersOf } })));
    expect(staging).toMatchObject({
      level: 'fail',
      detail: expect.stringContaining('shop: the stage SRE needs 2 of'),
      remedy: 'promote role bind <person> sre --application shop --env staging',
    });
    expect(staging?.detail).toContain('only 1 has the permission');
  });

  it('that are waited for are named, with who may give them and how', async () => {
    const parked = { reason: 'approval', detail: '0 of 1 approval', since: afterStart(0), until: undefined } as const;
    const stage = { name: 'SRE', roles: ['sre'], people: [], minimumApprovals: 1, timeoutSeconds: 60 };
    const sample = samplePromotion();
    const waiting = samplePromotion({
      state: 'PENDING_APPROVAL',
      parked,
      endedAt: undefined,
      definition: { ...sample.definition, approvalStages: [stage] },
    });
    const listPromotions = () => Promise.resolve([waiting]);
    const findings = await findingsOf(examineApprovals(doctorWorld({ store: { listPromotions } })));
    expect(findings.at(-1)).toMatchObject({
      level: 'warn',
      detail: expect.stringContaining('pr-7f3a waits since'),
      remedy: expect.stringContaining('promote approve pr-7f3a'),
    });
  });
});
