import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import fc from 'fast-check';
import {
  areEqual,
  both,
  chosen,
  either,
  isEmpty,
  not,
  type Condition,
} from '../../../constructs/conditions/condition.ts';
import { optionalBlock } from '../../../constructs/conditions/optional-block.ts';
import { written } from '../written.ts';
import { nullIfEmpty, optionalTexts } from '../../../constructs/conditions/optional-texts.ts';

const stack = new TerraformStack(Testing.app(), 'stack');
const late = new TerraformVariable(stack, 'late', { type: 'bool' }).booleanValue;
const inStack = (value: unknown): unknown => written(stack, value);

describe('a condition', () => {
  it('that is known is a boolean, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), (one, other) => {
        expect(not(one)).toBe(!one);
        expect(both(one, other)).toBe(one && other);
        expect(either(one, other)).toBe(one || other);
      }),
    );
  });

  it('that is decided by what is known needs nobody else', () => {
    expect(both(late, false)).toBe(false);
    expect(both(true, late)).toBe(late);
    expect(either(late, true)).toBe(true);
    expect(either(false, late)).toBe(late);
  });

  it.each<readonly [string, () => Condition, string]>([
    ['not', () => not(late), '${!(var.late)}'],
    ['both', () => both(late, not(late)), '${(var.late && !(var.late))}'],
    ['either', () => either(late, late), '${(var.late || var.late)}'],
  ])('is written by Terraform: %s', (_, condition, expected) => {
    expect(inStack(condition())).toBe(expected);
  });

  it('compares texts and looks into lists, known or not', () => {
    const text = new TerraformVariable(stack, 'text', {}).stringValue;
    const list = new TerraformVariable(stack, 'list', { type: 'list(string)' }).listValue;
    expect(areEqual('a', 'a')).toBe(true);
    expect(inStack(areEqual(text, 'a'))).toBe('${(var.text == "a")}');
    expect(isEmpty([])).toBe(true);
    expect(isEmpty(['a'])).toBe(false);
    expect(inStack(isEmpty(list))).toBe('${(length(var.list) == 0)}');
  });

  it('chooses between texts, and says what is in a list', () => {
    expect(chosen(true, 'yes', 'no')).toBe('yes');
    expect(inStack(chosen(late, 'yes', 'no'))).toBe('${(var.late ? "yes" : "no")}');
    expect(
      optionalTexts([
        ['a', true],
        ['b', false],
      ]),
    ).toEqual(['a']);
    const texts = optionalTexts([
      ['a', true],
      ['b', late],
    ]);
    expect(inStack(texts)).toBe('${concat((true ? ["a"] : []), (var.late ? ["b"] : []))}');
    expect(nullIfEmpty(['a'])).toEqual(['a']);
    expect(inStack(nullIfEmpty(optionalTexts([['b', late]])))).toBe(
      '${(length((var.late ? ["b"] : [])) == 0 ? null : (var.late ? ["b"] : []))}',
    );
  });

  it('leaves a block out, or marks it for Terraform to decide', () => {
    expect(optionalBlock(true, { a: 1 })).toEqual([{ a: 1 }]);
    expect(optionalBlock(false, { a: 1 })).toEqual([]);
    expect(inStack(optionalBlock(late, { a: 1 }))).toEqual([{ '(only if)': '${var.late}', a: 1 }]);
  });
});
