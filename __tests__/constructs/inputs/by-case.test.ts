import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { byCase } from '../../../constructs/inputs/by-case.ts';
import { jsonWithTokens } from '../../../constructs/inputs/late-json.ts';
import { written } from '../written.ts';

const stack = new TerraformStack(Testing.app(), 'stack');
const late = (name: string) => new TerraformVariable(stack, name, { type: 'bool' }).booleanValue;
const inStack = (document: unknown): unknown => written(stack, jsonWithTokens(document));

describe('a document by case', () => {
  it('is compiled once where everything is known', () => {
    let calls = 0;
    const document = byCase({ isOn: true, isBig: false }, (known) => ({ known, call: ++calls }));
    expect(document).toEqual({ known: { isOn: true, isBig: false }, call: 1 });
  });

  it('chooses only where cases differ, by the conditions that make the difference', () => {
    const [isOn, isBig] = [late('is_on'), late('is_big')];
    const document = byCase({ isOn, isBig }, (known) => ({
      kind: 'shop',
      on: known.isOn,
      list: [{ size: known.isBig ? 10 : 1 }, 'x'],
      both: known.isOn && known.isBig ? ['"'] : [],
    }));
    expect(inStack(document)).toBe(
      '{"kind":"shop","on":${(var.is_on ? "true" : "false")},' +
        '"list":[{"size":${(var.is_big ? "10" : "1")}},"x"],' +
        '"both":${(var.is_on ? (var.is_big ? "[\\"\\\\\\"\\"]" : "[]") : "[]")}}',
    );
  });
});
