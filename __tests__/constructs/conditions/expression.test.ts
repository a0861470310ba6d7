import { TerraformOutput, TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { hcl, type Expression } from '../../../constructs/conditions/expression.ts';

function written(make: (stack: TerraformStack) => Expression | string): string {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new TerraformOutput(stack, 'value', { value: make(stack), staticId: true });
  return (JSON.parse(Testing.synth(stack)) as { output: { value: { value: string } } }).output.value.value;
}

describe('an expression of Terraform', () => {
  it('holds texts as Terraform writes them: quotes, newlines and templates escaped', () => {
    expect(written(() => hcl`upper(${'Says "a\\b"\n${x} %{y} $1'})`)).toBe(
      String.raw`\${upper("Says \"a\\b\"\n$\${x} %%{y} $1")}`.replaceAll(String.raw`\$`, '$'),
    );
  });

  it('holds references as references, alone and within texts', () => {
    const value = written((stack) => {
      const name = new TerraformVariable(stack, 'name', {}).stringValue;
      const names = new TerraformVariable(stack, 'names', { type: 'list(string)' }).listValue;
      const most = new TerraformVariable(stack, 'most', { type: 'number' }).numberValue;
      return hcl`contains(${names}, ${name}) && length(${`${name}-to-prod`}) <= ${most}`;
    });
    expect(value).toBe('${contains(var.names, var.name) && length("${var.name}-to-prod") <= var.most}');
  });

  it('holds numbers, lists and other expressions', () => {
    expect(written(() => hcl`concat(${['a', 'b"']}, ${hcl`range(${3})`})`)).toBe('${concat(["a", "b\\""], range(3))}');
  });

  it('stands in a text among other words', () => {
    expect(written(() => `before ${hcl`length(${'x'})`.toString()} after`)).toBe('before ${length("x")} after');
  });
});
