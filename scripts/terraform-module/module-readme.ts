import { format, resolveConfig } from 'prettier';
import { documentedInputs, type DocumentedInput } from '../../constructs/inputs/documented-inputs.ts';
import { boundOf } from '../../constructs/inputs/input-check.ts';
import { moreInputs, type ModuleInput } from '../../constructs/module/more-inputs.ts';
import { documentedOutputs } from '../../constructs/outputs.ts';
import { moduleUsage } from './module-usage.ts';

/** README.md of the HCL module, from the definitions that its variables and outputs are made of. */
export async function moduleReadme(): Promise<string> {
  const text = [
    '# Promotion process: Terraform module',
    '',
    'Provisions on Google Cloud and Kubernetes what moves releases from one environment to the next. It is written by',
    '`npm run module` from the constructs for CDK for Terraform: do not edit it. The providers `google` and `kubernetes` are',
    'those of whoever calls it. It needs Terraform 1.11 or newer, or OpenTofu 1.11 or newer.',
    '',
    ...(await moduleUsage()),
    '## Inputs',
    '',
    ...table(documentedInputs),
    '',
    '### Beyond the documented ones',
    '',
    ...table(moreInputs),
    '',
    '## Outputs',
    '',
    'Those of what is switched off are null.',
    '',
    '| Name | Description |',
    '| --- | --- |',
    ...Object.entries(documentedOutputs).map(([name, description]) => `| ${name} | ${description} |`),
    '',
  ].join('\n');
  const style = await resolveConfig(import.meta.filename);
  return await format(text, { ...style, parser: 'markdown' });
}

function table(inputs: readonly (DocumentedInput | ModuleInput)[]): readonly string[] {
  return [
    '| Name | Description | Type | Default | Required |',
    '| --- | --- | --- | --- | :---: |',
    ...inputs.map((input) => {
      const isRequired = input.default === undefined;
      const fallback = isRequired ? 'n/a' : `\`${JSON.stringify(input.default)}\``;
      const about = `${input.description}.${bound(input)}`.replaceAll('|', '\\|');
      return `| ${input.name} | ${about} | \`${input.type}\` | ${fallback} | ${isRequired ? 'yes' : 'no'} |`;
    }),
  ];
}

function bound({ check, type, name }: DocumentedInput | ModuleInput): string {
  switch (check.kind) {
    case 'boolean':
      return '';
    case 'secret':
      return ` A value that is kept nowhere: set \`${name}_revision\` with it, or name a secret by \`${name}_secret\` instead.`;
    case 'pattern':
    case 'one-of':
    case 'whole-number':
      return ` ${type === 'list(string)' ? 'Each' : 'It'} ${boundOf(check)}.`;
  }
}
