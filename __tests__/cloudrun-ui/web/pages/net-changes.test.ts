import type { ChangeGroup } from '../../../../cloudrun-ui/web/src/pages/changed/changed-query.ts';
import { netChanges, netChangeText } from '../../../../cloudrun-ui/web/src/pages/changed/net-changes.ts';

type Change = ChangeGroup['changes'][number];
const change = (kind: Change['kind'], subject: string, before: string | null, after: string | null): Change => ({
  at: '2026-11-27T09:00:00.000Z',
  kind,
  subject,
  before,
  after,
});
const lines = (...changes: readonly Change[]) =>
  netChanges(changes).map((each) => `${each.kind}: ${netChangeText(each)}`);

describe('what changed, for whoever is on call', () => {
  it('is told thing by thing, the release first, with the whole way of what was changed back', () => {
    expect(
      lines(
        change('configuration', 'limit', '5', '9'),
        change('schema', '003 notes', null, 'expand'),
        change('release', 'release', 'v2', 'v3'),
        change('release', 'release', 'v3', 'v2'),
      ),
    ).toEqual(['release: v2 → v3 → v2', 'schema: 003 notes expand', 'configuration: limit 5 → 9']);
  });

  it('says why a rule was set aside, and that something is gone; digests are cut to what people compare', () => {
    const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
    expect(
      lines(
        change('override', 'force', null, 'the sale'),
        change('flag', 'gift-notes', 'on', null),
        change('image', 'api', digest('a'), digest('b')),
      ),
    ).toEqual([
      'image: api sha256:aaaaaaaaaaaa → sha256:bbbbbbbbbbbb',
      'flag: gift-notes on → nothing',
      'override: force: the sale',
    ]);
  });
});
