import fc from 'fast-check';
import { partsOf, withSharedExpressions } from '../../../constructs/module/shared-expressions.ts';

const long = `\${join("-", ["${'a'.repeat(80)}", var.name])}`;

describe('the parts of a template', () => {
  it.each<readonly [string, readonly string[]]>([
    ['a ${b} c', ['a ', '${b}', ' c']],
    ['${a}${b}', ['${a}', '${b}']],
    ['$${no} ${yes}', ['$${no} ', '${yes}']],
    ['${"}"}x', ['${"}"}', 'x']],
    ['${"\\"}"}x', ['${"\\"}"}', 'x']],
    ['${upper("${var.a}}")}', ['${upper("${var.a}}")}']],
    ['${"$${"}x', ['${"$${"}', 'x']],
    ['${{ a = 1 }}x', ['${{ a = 1 }}', 'x']],
  ])('of %s', (template, parts) => {
    expect(partsOf(template)).toEqual(parts);
  });

  it('are the template again when they are joined', () => {
    const piece = fc.constantFrom('a', '${', '$${', '}', '{', '"', '\\', ' ', 'var.x');
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const template = pieces.join('');
        expect(partsOf(template).join('')).toBe(template);
      }),
    );
  });
});

describe('expressions that stand in several places', () => {
  it('become local values, wherever they stand', () => {
    expect(withSharedExpressions({ one: long, other: [{ name: `x-${long}` }] })).toEqual({
      tree: { one: '${local.shared_1}', other: [{ name: 'x-${local.shared_1}' }] },
      locals: { shared_1: long },
    });
  });

  it('stay where they stand once, are short, or are a reference alone', () => {
    const reference = `\${google_service_account.${'a'.repeat(80)}.email}`;
    const tree = { once: long, short: ['${f(1)}', '${f(1)}'], references: [reference, reference], number: 1 };
    expect(withSharedExpressions(tree)).toEqual({ tree, locals: {} });
  });
});
