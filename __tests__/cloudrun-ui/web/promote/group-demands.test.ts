import { groupDemands } from '../../../../cloudrun-ui/web/src/promote/group-demands.ts';

describe('what a way asks for', () => {
  it('stands in the order in which a promotion meets it, without what it does not ask for', () => {
    const demands = [
      { subject: 'queue', words: 'one after the other' },
      { subject: 'approval', words: 'SRE: 1 of sam, within 24 h' },
      { subject: 'canary', words: 'none' },
      { subject: 'gate', words: 'tests: all pass' },
      { subject: 'gate', words: 'coverage ≥ 80 %' },
      { subject: 'soak', words: 'none' },
    ];
    expect(groupDemands(demands)).toEqual([
      { title: 'Gates', words: ['tests: all pass', 'coverage ≥ 80 %'] },
      { title: 'Approvals', words: ['SRE: 1 of sam, within 24 h'] },
    ]);
  });
});
