import { ingest } from '../../support/cloud-logging.ts';
import { extract, parseLoggingFilter } from '../../support/logging-filter.ts';

const entry = ingest(
  '{"severity":"ERROR","a":"One","n":5,"is":false,"q":"say \\"x\\"","logging.googleapis.com/labels":{"l":"1"}}',
  'ui',
);
const matches = (filter: string): boolean => parseLoggingFilter(filter)(entry);

describe('the evaluator of Cloud Logging filters that these tests trust', () => {
  it.each([
    ['severity=ERROR', true],
    ['jsonPayload.a="one"', true],
    ['jsonPayload.a:"n"', true],
    ['jsonPayload.a!="two"', true],
    ['jsonPayload.a="on"', false],
    ['jsonPayload.severity="ERROR"', false],
    ['jsonPayload.missing!="x"', false],
    ['jsonPayload.n>=5 jsonPayload.n<6', true],
    ['jsonPayload.n>5', false],
    ['jsonPayload.is=false', true],
    ['jsonPayload.is=true', false],
    ['labels.l="1"', true],
    ['resource.labels.service_name=("hooks" OR "ui")', true],
    ['jsonPayload.q="say \\"x\\""', true],
    ['NOT jsonPayload.a="two"', true],
    // OR binds tighter than AND: this is (two or five) and error.
    ['jsonPayload.a="two" OR jsonPayload.n=5 AND severity="INFO"', false],
    ['(jsonPayload.a="two" AND severity="INFO") OR jsonPayload.n=5', true],
  ])('%s is %s', (filter, answer) => {
    expect(matches(filter)).toBe(answer);
  });

  it.each(['jsonPayload.a=~"o"', 'jsonPayload.a=', 'jsonPayload.a', '(severity=ERROR', 'severity=ERROR)', 'a="x'])(
    'refuses %s, which it does not understand',
    (filter) => {
      expect(() => matches(filter)).toThrow(SyntaxError);
    },
  );

  it('takes labels out of an entry as Cloud Monitoring does', () => {
    expect(extract('EXTRACT(jsonPayload.n)', entry)).toBe('5');
    expect(extract('EXTRACT(jsonPayload.other)', entry)).toBeUndefined();
    expect(() => extract('REGEXP_EXTRACT(jsonPayload.a, "o")', entry)).toThrow('no extractor');
  });

  it('takes a line that is no JSON object for text, as Cloud Logging does', () => {
    expect(ingest('Step #0: {"a":1}', 'ui')).toMatchObject({ textPayload: 'Step #0: {"a":1}' });
    expect(ingest('[1]', 'ui')).not.toHaveProperty('jsonPayload');
  });
});
