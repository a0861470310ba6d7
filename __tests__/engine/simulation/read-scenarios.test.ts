import { readFile } from 'node:fs/promises';
import { readRulesDocument } from '../../../engine/rules/rules-document.ts';
import { judgeScenarios } from '../../../engine/simulation/read-scenarios.ts';
import { scenarioJsonSchema } from '../../../engine/simulation/scenario-json-schema.ts';

const text = (steps: string, more = ''): string => `version: 1
timeZone: Europe/Berlin
scenarios:
  - name: one
    start: 2026-03-01T09:00
${more}    steps:
${steps
  .split('\n')
  .map((line) => `      ${line}`)
  .join('\n')}
`;
const told = (document: string): readonly string[] => {
  const judged = judgeScenarios(readRulesDocument(document, 'x.test.yaml'));
  return judged.ok
    ? []
    : judged.problems.map(({ line, column, message }) => `${String(line)}:${String(column)} ${message}`);
};

describe('a file of scenarios', () => {
  it('knows where each of its expectations stands', () => {
    const judged = judgeScenarios(
      readRulesDocument(text('- at: +1h\n  expect: { is: promoted, runs: { prod: v2 } }'), 'x'),
    );
    if (!judged.ok) throw new Error('it was refused');
    expect(judged.placeOf(['scenarios', 0, 'steps', 0, 'expect', 'runs', 'prod'])).toEqual({ line: 8, column: 41 });
    expect(judged.placeOf(['scenarios', 0, 'steps', 0, 'expect', 'until'])).toEqual({ line: 8, column: 9 });
  });

  it.each([
    ['a mistyped word', '- expect: { is: promotet }', /^7:23 .*Did you mean promoted\?/],
    [
      'two things in one step',
      '- { hold: { as: o, environment: e }, unhold: { as: o, environment: e } }',
      /^7:44 .*unhold must be in a step of its own/,
    ],
    ['a step without anything', '- at: +1h', /^7:9 .* must be a step with something that happens/],
    [
      'a time that clocks leave out',
      '- { at: 2026-03-29T02:30, expect: {} }',
      /^7:15 .*the clocks of Europe\/Berlin leave/,
    ],
    [
      'a step before the one before',
      '- { at: 2026-02-01, expect: {} }',
      /^7:15 .*at or after 2026-03-01T09:00:00\+01:00/,
    ],
    ['a date that there is not', '- expect: { until: 2026-13-01 }', /^7:26 .*no moment of the calendar/],
    ['a moment of no form', '- { at: soon, expect: {} }', /^7:15 .*must be a moment such as/],
    ['evidence of no kind', '- releases: { v2: { evidence: [{ fact: { kind: luck } }] } }', /^7:54 .*found luck/],
  ])('is refused with %s, at its place', (_, steps, message) => {
    expect(told(text(steps))[0]).toMatch(message);
  });

  it('is refused when two scenarios have one name', () => {
    const one = text('- expect: {}');
    expect(told(`${one}${one.slice(one.indexOf('  - name'))}`)).toEqual([
      expect.stringMatching(/^8:11 scenarios\[1\]\.name must be a name that no scenario before has/),
    ]);
  });

  it('is completed and checked by editors with a JSON Schema; `npm run build:schema` writes it anew', async () => {
    const file = new URL('../../../engine/simulation/scenarios.schema.json', import.meta.url);
    expect(await readFile(file, 'utf8')).toBe(scenarioJsonSchema());
    expect(JSON.parse(scenarioJsonSchema())).toMatchObject({ required: ['version', 'scenarios'] });
  });
});
