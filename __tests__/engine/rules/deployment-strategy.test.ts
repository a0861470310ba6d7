import { deploymentStrategyOf } from '../../../engine/rules/deployment-strategy.ts';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { renderProblems } from '../../../engine/rules/render-problems.ts';

const rulesText = (environment: string, path: string, defaults = ''): string => `version: 1
applications:
  - { name: shop, services: [{ name: api }] }
environments:
  - name: dev
    targets: &targets
      deployment: { kind: local }
      registry: registries/<env>
      configuration: { repository: configuration, branch: <env>, path: <env>/values.yaml }
  - { name: staging, targets: *targets${environment} }
${defaults}
paths:
  - { from: dev, to: staging${path} }
`;

function strategyOf(text: string): string {
  const parsed = parseRules(text, 'rules');
  if (!parsed.ok) throw new Error(renderProblems(parsed.problems, text));
  const [path] = parsed.rules.paths;
  if (path === undefined) throw new Error('there is no path');
  return deploymentStrategyOf(parsed.rules.environments, path);
}

describe('how a release takes the place of another', () => {
  it('is said by the path, else by the defaults, else by the environment, and is rolling otherwise', () => {
    const [ofPlace, ofPath] = [', deploymentStrategy: recreate', ', deploymentStrategy: blue-green'];
    expect(strategyOf(rulesText('', ''))).toBe('rolling');
    expect(strategyOf(rulesText(ofPlace, ''))).toBe('recreate');
    expect(strategyOf(rulesText(ofPlace, ofPath))).toBe('blue-green');
    expect(strategyOf(rulesText(ofPlace, '', 'defaults: { deploymentStrategy: rolling }'))).toBe('rolling');
  });

  it.each([
    ['by the path', '', ', deploymentStrategy: recreate'],
    ['by the environment', ', deploymentStrategy: blue-green', ''],
  ])('cannot be anything but rolling %s where there is a canary', (_, place, path) => {
    const text = rulesText(place, `${path}, canary: { enabled: true }`);
    const parsed = parseRules(text, 'rules');
    if (parsed.ok) throw new Error('the rules were taken');
    expect(renderProblems(parsed.problems, text)).toMatch(/rolling, because the canary is enabled/);
  });
});
