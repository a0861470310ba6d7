import { countPlan } from '../../../../cloudrun-ui/web/src/pages/promotion/count-plan.ts';
import type { Plan } from '../../../../cloudrun-ui/web/src/api/queries.ts';

const nothing = {
  images: [],
  configuration: { redirectedTo: null, changes: [] },
  database: null,
  flags: { added: [], changed: [], switched: [] },
  source: { gained: [], lost: [], unknown: null },
} as unknown as Plan;
const image = (change: 'same' | 'changed') => ({ service: 'web', digest: 'sha256:0', change, before: null });
const commit = { commit: '0', subject: 'x', changeRequests: [], tickets: [] };

describe('what a plan changes, counted', () => {
  it('is said also where it is nothing', () => {
    expect(countPlan(nothing)).toBe('no images · no values · no migrations · no flags');
  });

  it('leaves out images that are there already, and tells what is lost', () => {
    const plan = {
      ...nothing,
      images: [image('same'), image('changed')],
      flags: { added: ['a'], changed: ['b'], switched: [] },
      source: { gained: [commit], lost: [commit, commit], unknown: null },
    };
    expect(countPlan(plan)).toBe('1 image · no values · no migrations · 2 flags · 1 commit · 2 commits lost');
  });
});
