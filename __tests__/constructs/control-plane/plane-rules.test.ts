import { PlaneRules } from '../../../constructs/control-plane/plane-rules.ts';
import { effectiveInputs } from '../../../constructs/inputs/effective-inputs.ts';
import { rulesOfInputs } from '../../../constructs/inputs/rules-of-inputs.ts';
import { targetOfInputs } from '../../../constructs/pair/target-of-inputs.ts';
import type { RulesInput } from '../../../engine/rules/schema.ts';
import { sevenInputs } from '../seven-inputs.ts';

function rulesOfPair(environment: string, targetEnvironment: string): RulesInput {
  const props = {
    ...sevenInputs,
    environment,
    targetEnvironment,
    kubernetesNamespace: `shop-${environment}`,
    domainName: `${environment}.shop.example`,
  };
  const read = rulesOfInputs(effectiveInputs(props), targetOfInputs(props, undefined));
  if (!read.ok) throw new Error('the inputs are no rules');
  return read.document;
}

const pathsIn = (rules: PlaneRules) => rules.document?.paths?.map(({ from, to }) => `${from} to ${to}`);

describe('the rules of an installation', () => {
  test('know a pair that is added after somebody asked for them', () => {
    const rules = new PlaneRules(undefined, undefined);
    rules.add(rulesOfPair('dev', 'qa'));
    const before = rules.text;
    expect(pathsIn(rules)).toEqual(['dev to qa']);
    rules.add(rulesOfPair('uat', 'prod'));
    expect(pathsIn(rules)).toEqual(['dev to qa', 'uat to prod']);
    expect(rules.text).not.toBe(before);
    expect(rules.text).toContain('"uat"');
    expect(rules.problems).toEqual([]);
  });

  test('are made once for all pairs that ask: many pairs would take the square of the time otherwise', () => {
    const rules = new PlaneRules(undefined, undefined);
    rules.add(rulesOfPair('dev', 'qa'));
    expect(rules.document).toBe(rules.document);
  });

  test('of a document leave no room for those of pairs', () => {
    const rules = new PlaneRules(undefined, rulesOfPair('dev', 'qa'));
    rules.add(rulesOfPair('uat', 'prod'));
    expect(pathsIn(rules)).toEqual(['dev to qa']);
  });
});
