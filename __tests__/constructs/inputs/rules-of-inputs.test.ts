import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { effectiveInputs } from '../../../constructs/inputs/effective-inputs.ts';
import type { DocumentedProps } from '../../../constructs/inputs/documented-props.ts';
import { rulesOfInputs } from '../../../constructs/inputs/rules-of-inputs.ts';
import { rulesText } from '../../../constructs/inputs/rules-text.ts';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { sevenInputs } from '../seven-inputs.ts';

function documentOf(inputs: Partial<DocumentedProps>) {
  const compiled = rulesOfInputs(effectiveInputs({ ...sevenInputs, ...inputs }));
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.document;
}

const leftOut = (inputs: Partial<DocumentedProps>) => documentOf(inputs).paths?.[0]?.steps?.leaveOut;

describe('the rules of a pair’s inputs', () => {
  it('are rules that the engine reads', () => {
    const parsed = parseRules(rulesText(documentOf({})), 'rules.json');
    expect(parsed.ok ? parsed.rules.paths : parsed.problems).toMatchObject([{ from: 'staging', to: 'prod' }]);
  });

  it('leave out the steps that have nothing to work with', () => {
    const connection = 'projects/shop-prod/secrets/database';
    const key = 'projects/shop-prod/secrets/key';
    expect(leftOut({})).toEqual(['migrate-database', 'promote-flags']);
    expect(leftOut({ sourceDbConnection: connection, targetDbConnection: connection, featureFlagApiKey: key })).toEqual(
      [],
    );
    expect(leftOut({ featureFlagService: 'file' })).toEqual(['migrate-database']);
  });

  it('hold no secret, not even by reference', () => {
    const text = rulesText(documentOf({ featureFlagApiKey: 'projects/shop-prod/secrets/canary-of-a-key' }));
    expect(text).not.toContain('canary-of-a-key');
  });

  it('keep what is known at apply only as it is: texts in quotes, numbers without', () => {
    const stack = new TerraformStack(Testing.app(), 'stack');
    const project = new TerraformVariable(stack, 'project', {}).stringValue;
    const percentage = new TerraformVariable(stack, 'percentage', {}).numberValue;
    const approver = new TerraformVariable(stack, 'approver', {}).stringValue;
    const document = documentOf({
      gcpProjectId: project,
      enableCanaryPromotion: true,
      canaryPromotionPercentage: percentage,
      approvers: [approver],
      promotionChecklist: ['Costs ${below} 5 %{of} it'],
    });
    new TerraformOutput(stack, 'rules', { value: rulesText(document), staticId: true });
    const synthesised = JSON.parse(Testing.synth(stack)) as { output: { rules: { value: string } } };
    const text = synthesised.output.rules.value;
    expect(text).toContain('"projectId": "${var.project}"');
    expect(text).toContain('"percentage": ${var.percentage}');
    expect(text).toContain('"${var.approver}"');
    expect(text).toContain('Costs $${below} 5 %%{of} it');
  });
});
