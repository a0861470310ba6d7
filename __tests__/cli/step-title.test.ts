import { builtInSteps } from '../../engine/steps/built-in-steps.ts';
import { stepTitle } from '../../cli/render/step-title.ts';

describe('the titles of steps', () => {
  it('name every built-in step in a word that fits into its column', () => {
    for (const { name } of builtInSteps) expect(stepTitle(name)).toMatch(/^[a-z-]{4,14}$/);
    expect(new Set(builtInSteps.map(({ name }) => stepTitle(name))).has('validate-conditions')).toBe(false);
  });
});
