import { pathDemands } from '../../../../cloudrun-ui/web/src/pages/rules/path-demands.ts';
import type { RulesPath } from '../../../../cloudrun-ui/web/src/pages/rules/rules-query.ts';

const path: RulesPath = {
  from: 'staging',
  to: 'production',
  after: 'any',
  soakSeconds: 0,
  gates: [],
  approvals: [],
  checklist: { items: 0, tickedByGates: 0 },
  windows: [],
  canary: null,
  bakeSeconds: 0,
  places: [],
};

describe('what a way demands', () => {
  it('is a few words, of what it demands only', () => {
    expect(pathDemands({ ...path, gates: [{ gate: 'tests', settings: {} }] })).toBe('1 gate, no approval');
    expect(
      pathDemands({
        ...path,
        approvals: [
          { name: 'SRE', minimumApprovals: 1 },
          { name: 'CAB', minimumApprovals: 2 },
        ],
        soakSeconds: 86_400,
        checklist: { items: 3, tickedByGates: 1 },
        windows: [{ kind: 'weekly' }],
        canary: {},
      }),
    ).toBe('0 gates, 3 approvals, 3 items to tick, soaks 24 h, 1 window, canary');
  });
});
