import type { ReleaseSummary } from '../../../../cloudrun-ui/web/src/api/queries.ts';
import type { PipelinePath } from '../../../../cloudrun-ui/web/src/pages/pipelines/pipeline-query.ts';
import {
  likelyPath,
  likelyRelease,
  missingOf,
  toRequest,
  type PromoteWish,
} from '../../../../cloudrun-ui/web/src/promote/promote-wish.ts';

const path = (from: string, to: string, more: Partial<PipelinePath> = {}): PipelinePath => ({
  from,
  to,
  candidate: null,
  isOpen: true,
  changesAt: null,
  reason: null,
  soakSeconds: 0,
  approvals: [],
  hasCanary: false,
  promotesByItself: false,
  mayPromote: true,
  maySetAside: [],
  ...more,
});
const candidate = (release: string, isBad = false) => ({ release, isBad, soakedAt: '2030-01-01T00:00:00Z' });
const release = (name: string, isBad = false): ReleaseSummary => ({
  application: 'shop',
  name,
  digest: name,
  createdAt: '2030-01-01T00:00:00Z',
  createdBy: 'ci',
  bad: isBad ? { since: '2030-01-01T00:00:00Z', reason: 'slow', by: 'ana' } : null,
  images: 1,
  migrations: 0,
  commit: null,
});
const toStaging = path('dev', 'staging', { candidate: candidate('v3', true) });
const toProduction = path('staging', 'production', { candidate: candidate('v2') });
const wish = (more: Partial<PromoteWish> = {}): PromoteWish => ({
  application: 'shop',
  path: toProduction,
  release: 'v2',
  there: 'v1',
  reason: '',
  overrides: [],
  typed: '',
  ...more,
});

describe('what a promotion most likely is about', () => {
  it('is where something good can move, before where something bad or nothing could', () => {
    expect(likelyPath([toStaging, toProduction], {})).toBe(toProduction);
    expect(likelyPath([path('dev', 'staging')], {})).toMatchObject({ to: 'staging' });
  });

  it('is what is open before what is closed, and the path that was named before any other', () => {
    const closed = path('staging', 'eu', { candidate: candidate('v2'), isOpen: false });
    expect(likelyPath([closed, toProduction], {})).toBe(toProduction);
    expect(likelyPath([toStaging, toProduction], { to: 'staging' })).toBe(toStaging);
    expect(likelyPath([toStaging], { to: 'nowhere' })).toBeUndefined();
  });

  it('is what runs where the path begins, else the newest release that is not bad', () => {
    expect(likelyRelease(toProduction, [release('v3')])).toBe('v2');
    expect(likelyRelease(toStaging, [release('v3', true), release('v2')])).toBe('v2');
    expect(likelyRelease(toStaging, [release('v3', true)])).toBeUndefined();
  });
});

describe('what is asked for', () => {
  it('needs no reason where no rule is set aside', () => {
    expect(missingOf(wish())).toBeUndefined();
    expect(missingOf(wish({ overrides: ['isAgain'] }))).toBeUndefined();
  });

  it('is nothing where it runs already, unless somebody says that it moves once more', () => {
    expect(missingOf(wish({ there: 'v2' }))).toBe('v2 runs in production already');
    expect(missingOf(wish({ there: 'v2', overrides: ['isAgain'] }))).toBeUndefined();
    expect(toRequest(wish({ there: 'v2' }), false)).toBeUndefined();
  });

  it('is nothing that somebody may only look at', () => {
    expect(missingOf(wish({ path: { ...toProduction, mayPromote: false } }))).toMatch(/^You may look/);
  });

  it('needs a reason for what sets rules aside, and the name of the environment for what overrules gates', () => {
    expect(missingOf(wish({ overrides: ['isHotfix'] }))).toBe('Say why rules are set aside');
    const forced = wish({ overrides: ['forces'], reason: 'an outage' });
    expect(missingOf(forced)).toBe('Type production to confirm');
    expect(toRequest(forced, false)).toBeUndefined();
    expect(toRequest({ ...forced, typed: 'production' }, false)).toMatchObject({ forces: true, reason: 'an outage' });
  });

  it('is the same for a dry run, which nothing has to be confirmed for', () => {
    expect(toRequest(wish({ overrides: ['forces'] }), true)).toEqual({
      application: 'shop',
      release: 'v2',
      from: 'staging',
      to: 'production',
      isDryRun: true,
      forces: true,
    });
  });
});
