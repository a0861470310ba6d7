import { describe, expect, it } from '@jest/globals';
import { builtInSteps } from '../../../engine/steps/built-in-steps.ts';
import { compileDefinition } from '../../../engine/workflow/compile-definition.ts';
import { withTimeouts } from '../../../engine/workflow/definition-timeouts.ts';
import type { Definition } from '../../../engine/workflow/definition.ts';
import { rulesOf, rulesText } from '../service/service-fixture.ts';

function definition(): Definition {
  const rules = rulesOf(rulesText('verification: { timeoutSeconds: 120 }'));
  const path = rules.paths.find(({ to }) => to === 'staging');
  if (path === undefined) throw new Error('no path');
  return compileDefinition(rules, path, 'shop', builtInSteps, false);
}

const verifyTimeout = ({ steps }: Definition): unknown =>
  steps.find(({ name }) => name === 'verify')?.config['timeoutSeconds'];

describe('the timeouts of whoever asks', () => {
  it('say how long services may start and be unhealthy after the deployment', () => {
    const changed = withTimeouts(definition(), { startupSeconds: 30 });
    expect(verifyTimeout(changed)).toBe(30);
    expect(changed.target.services).toMatchObject([{ startupTimeoutSeconds: 30, healthCheckTimeoutSeconds: 30 }]);
    expect(changed.source).toEqual(definition().source);
  });

  it('say how long one health check may take', () => {
    const changed = withTimeouts(definition(), { healthCheckSeconds: 7 });
    expect(changed.target.services).toMatchObject([{ startupTimeoutSeconds: 300, healthCheckTimeoutSeconds: 7 }]);
    expect(verifyTimeout(changed)).toBe(120);
  });

  it('change nothing when they say nothing', () => {
    expect(withTimeouts(definition(), {})).toEqual(definition());
  });
});
