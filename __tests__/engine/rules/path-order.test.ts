import { environmentsAlongPaths } from '../../../engine/rules/path-order.ts';
import { rulesOf, rulesText } from '../service/service-fixture.ts';

const { environments, paths } = rulesOf(rulesText());
const [path] = paths;
if (path === undefined) throw new Error('the sample rules have paths');
const order = (names: readonly string[], moves: readonly (readonly [from: string, to: string])[]) =>
  environmentsAlongPaths({
    environments: names.map((name) => ({ ...environments[0], name })) as typeof environments,
    paths: moves.map(([from, to]) => ({ ...path, from, to })),
  });

describe('environments along their paths', () => {
  it('come after all that lead to them, however the rules list them', () => {
    expect(
      order(
        ['canary', 'dev', 'production', 'staging'],
        [
          ['dev', 'staging'],
          ['staging', 'canary'],
          ['canary', 'production'],
        ],
      ),
    ).toEqual(['dev', 'staging', 'canary', 'production']);
  });

  it('stay as the rules list them where no path says otherwise', () => {
    expect(order(['b', 'a', 'c'], [])).toEqual(['b', 'a', 'c']);
    expect(
      order(
        ['dev', 'uat2', 'uat1'],
        [
          ['dev', 'uat1'],
          ['dev', 'uat2'],
        ],
      ),
    ).toEqual(['dev', 'uat2', 'uat1']);
  });

  it('are all there, also in a circle', () => {
    expect(
      order(
        ['a', 'b'],
        [
          ['a', 'b'],
          ['b', 'a'],
        ],
      ),
    ).toEqual(['a', 'b']);
  });
});
