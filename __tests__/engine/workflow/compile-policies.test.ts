import { rollbackTriggers } from '../../../engine/rules/requirement-schema.ts';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import type { Path } from '../../../engine/rules/schema.ts';
import { compilePolicies } from '../../../engine/workflow/compile-policies.ts';

function pathOf(settings: string): Path {
  const parsed = parseRules(
    `version: 1
applications:
  - { name: shop, services: [{ name: api }] }
environments:
  - name: dev
    targets: &targets
      deployment: { kind: local }
      registry: registries/<env>
      configuration: { repository: configuration }
  - { name: staging, targets: *targets }
notifications: { channels: [{ kind: file, name: on-call, path: on-call.jsonl }] }
paths:
  - from: dev
    to: staging
${settings}`,
    'rules.yaml',
  );
  const [path] = parsed.ok ? parsed.rules.paths : [];
  if (path === undefined) throw new Error('the rules are wrong');
  return path;
}

describe('what a path says about errors', () => {
  it('has nothing of its own unless it says so', () => {
    expect(compilePolicies(pathOf(''))).toEqual({
      retry: { maximumAttempts: 3, initialDelaySeconds: 2, multiplier: 2, maximumDelaySeconds: 60, jitter: 0.2 },
      rollback: {
        isEnabled: true,
        timeoutSeconds: 300,
        pausesAutoPromotion: true,
        escalateTo: [],
        triggers: [...rollbackTriggers],
      },
      errorLimits: {},
    });
  });

  it('tells categories apart, and leaves what it does not say as it is for all', () => {
    const path = pathOf(
      '    retry: { maximumAttempts: 5, byCategory: { network: { maximumAttempts: 9 }, timeout: { initialDelaySeconds: 1m } } }',
    );
    expect(compilePolicies(path).retry).toMatchObject({
      maximumAttempts: 5,
      byCategory: { NETWORK: { maximumAttempts: 9 }, TIMEOUT: { initialDelaySeconds: 60 } },
    });
    expect(Object.keys(compilePolicies(path).retry.byCategory?.NETWORK ?? {})).toEqual(['maximumAttempts']);
  });

  it('bounds mild errors, and says who hears when a rollback does not end', () => {
    const path = pathOf(`    errors: { limits: { medium: 2 } }
    rollback: { enabled: false, timeoutSeconds: 1m, pauseAutoPromote: false, escalateTo: [on-call] }`);
    expect(compilePolicies(path)).toMatchObject({
      errorLimits: { medium: 2 },
      rollback: { isEnabled: false, timeoutSeconds: 60, pausesAutoPromotion: false, escalateTo: ['on-call'] },
    });
  });
});
