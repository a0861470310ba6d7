import fc from 'fast-check';
import { stringify } from 'yaml';
import { parseRules } from '../../../engine/rules/parse-rules.ts';
import { rulesSchema } from '../../../engine/rules/schema.ts';
import { pipelineText } from './rules-text.ts';

const lines = pipelineText.split('\n');

/** Whatever comes in, the answer is rules or problems, and each problem is at a place of the text. */
function expectAnAnswer(text: string): void {
  const parsed = parseRules(text, 'f');
  if (parsed.ok) return;
  expect(parsed.problems.length).toBeGreaterThan(0);
  const textLines = text.replace(/^\uFEFF/, '').split('\n');
  for (const { line, column, length, message, expected } of parsed.problems) {
    expect(line).toBeGreaterThanOrEqual(1);
    expect(line).toBeLessThanOrEqual(textLines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual((textLines[line - 1] ?? '').length + 1);
    expect(length).toBeGreaterThanOrEqual(0);
    expect(message).not.toBe('');
    expect(expected).not.toMatch(/undefined|\[object/);
  }
}

const position = fc.nat(pipelineText.length);
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom(
    '[',
    '{',
    '&a ',
    '*targets',
    '!x ',
    '---\n',
    '- ',
    '? ',
    ': ',
    '|',
    "'",
    '"',
    '\t',
    '<<: ',
    '%',
    '\r\n',
  ),
);

describe('any text', () => {
  it('made from a valid one by cutting and inserting is rules or problems with places', () => {
    const edit = fc.record({ at: position, remove: fc.nat(30), insert: hostile });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
        let text = pipelineText;
        for (const { at, remove, insert } of edits) text = text.slice(0, at) + insert + text.slice(at + remove);
        expectAnAnswer(text);
      }),
      { numRuns: 50 },
    );
  });

  it('made from a valid one by moving, doubling and dropping lines is, too', () => {
    const order = fc.array(fc.nat(lines.length - 1), { maxLength: lines.length * 2 });
    fc.assert(
      fc.property(order, (indices) => {
        expectAnAnswer(indices.map((index) => lines[index] ?? '').join('\n'));
      }),
      { numRuns: 50 },
    );
  });

  it('that is bytes of any kind is, too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const parsed = parseRules(bytes, 'f');
        if (!parsed.ok) expect(parsed.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    );
  });

  it('that is any JSON in place of any value is, too', () => {
    const paths = ['version', 'applications', 'environments', 'defaults', 'paths', 'hotfix', 'roles', 'notifications'];
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 4 }), (key, value) => {
        const rest = lines.filter((line) => !line.startsWith(`${key}:`)).join('\n');
        expectAnAnswer(`${JSON.stringify(key)}: ${JSON.stringify(value)}\n${rest}`);
        expectAnAnswer(stringify({ version: 1, [key]: value }));
      }),
      { numRuns: 50 },
    );
  });
});

describe('the stored form', () => {
  const parsed = parseRules(pipelineText, 'f');
  if (!parsed.ok) throw new Error('The pipeline is valid.');
  const stored: unknown = JSON.parse(JSON.stringify(parsed.rules));

  it('is what the rules were, after JSON and back', () => {
    expect(stored).toEqual(parsed.rules);
    expect(rulesSchema.parse(stored)).toEqual(parsed.rules);
  });

  it('parses to itself as a document, too', () => {
    expect(parseRules(stringify(stored), 'f')).toEqual(parsed);
  });

  it('stays the same for any requirement in the defaults and in a path', () => {
    const seconds = fc.integer({ min: 1, max: 1000 });
    const requirement = fc.record(
      {
        gates: fc.record(
          {
            coverage: fc.oneof(
              fc.constant(false),
              fc.record(
                { minimumPercent: fc.integer({ min: 0, max: 100 }), maxAgeSeconds: seconds },
                { requiredKeys: [] },
              ),
            ),
            lint: fc.oneof(fc.constant(false), fc.constant({})),
            findings: fc.record(
              { maximum: fc.record({ high: fc.nat(9), low: fc.nat(9) }, { requiredKeys: [] }) },
              { requiredKeys: [] },
            ),
          },
          { requiredKeys: [] },
        ),
        soakSeconds: fc.oneof(
          seconds,
          seconds.map((amount) => `${String(amount)}m`),
        ),
        retry: fc.record({ maximumAttempts: fc.integer({ min: 1, max: 9 }) }, { requiredKeys: [] }),
        steps: fc.record({ leaveOut: fc.constantFrom([], ['back-up'], ['notify', 'report']) }, { requiredKeys: [] }),
      },
      { requiredKeys: [] },
    );
    const base = JSON.parse(JSON.stringify(parsed.rules)) as Record<string, unknown>;
    fc.assert(
      fc.property(requirement, requirement, (defaults, path) => {
        const document = { ...base, defaults, paths: [{ from: 'dev', to: 'qa', ...path }] };
        const once = parseRules(stringify(document), 'f');
        if (!once.ok) throw new Error(once.problems.map(({ message }) => message).join('\n'));
        expect(parseRules(JSON.stringify(once.rules), 'f')).toEqual(once);
        expect(rulesSchema.parse(once.rules)).toEqual(once.rules);
      }),
      { numRuns: 25 },
    );
  });
});
