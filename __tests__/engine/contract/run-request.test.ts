import { runRequestAttributes, runRequestSchema, runSubstitutions } from '../../../engine/contract/run-request.ts';
import { runtimeVariables } from '../../../engine/contract/runtime-variables.ts';
import { servicePaths, uiPaths } from '../../../engine/contract/service-paths.ts';

describe('a run request', () => {
  it('has ids alone, which no shell and no template gives a meaning', () => {
    expect(runRequestSchema.safeParse({ promotionId: 'pr-7f3a', dispatchId: '12' }).success).toBe(true);
    for (const promotionId of ['', '$(id)', 'a b', 'a;b', '-x', `a${'b'.repeat(100)}`, 'a\n']) {
      expect(runRequestSchema.safeParse({ promotionId, dispatchId: '12' }).success).toBe(false);
    }
  });

  it('reaches the trigger’s substitutions by the names of its attributes', () => {
    expect(Object.values(runSubstitutions)).toEqual(
      Object.keys(runRequestSchema.shape).map((attribute) => `$(body.message.attributes.${attribute})`),
    );
    expect(Object.values(runRequestAttributes)).toEqual(Object.keys(runRequestSchema.shape));
  });
});

describe('names that containers read', () => {
  it('are each there once', () => {
    const names = Object.values(runtimeVariables);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^PROMOTION_[A-Z_]+$/.test(name))).toEqual([]);
  });

  it('lead to paths that lie apart: what is public is below /hooks/ alone', () => {
    const internal = [servicePaths.tick, servicePaths.healthCheck, servicePaths.hookDelivery];
    expect(internal.filter((path) => !path.startsWith('/internal/'))).toEqual([]);
    expect(uiPaths.latestPromotion('staging', 'prod')).toBe('/promotions/latest?from=staging&to=prod');
  });
});
