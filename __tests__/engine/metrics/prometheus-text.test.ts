import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePrometheusText, PrometheusFormatError, type Sample } from '../../../engine/metrics/prometheus-text.ts';

function format({ name, labels, value, timestampMs }: Sample): string {
  const escape = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`);
  // String(-0) is "0".
  const number = Number.isFinite(value)
    ? Object.is(value, -0)
      ? '-0'
      : String(value)
    : String(value).replace('Infinity', 'Inf');
  return [`${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`}`, number, timestampMs ?? []].flat().join(' ');
}

const samples = fc.array(
  fc.record(
    {
      name: fc.stringMatching(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,20}$/),
      labels: fc.dictionary(
        fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]{0,10}$/),
        fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '}', '{', ',', '=', ' ', 'é', '#', 'n') }),
        { noNullPrototype: true },
      ),
      value: fc.double(),
      timestampMs: fc.integer(),
    },
    { requiredKeys: ['name', 'labels', 'value'] },
  ),
);

describe('a scrape', () => {
  it('is read as the samples it was written from', () => {
    fc.assert(
      fc.property(samples, (written) => {
        const text = written.map((sample) => `# HELP ${sample.name} says "{\n${format(sample)}\n`).join('\n');
        expect(parsePrometheusText(text)).toEqual(written.map((sample) => ({ ...sample })));
      }),
    );
  });

  it('may have blanks, a comma at the end, a carriage return, and no newline at its end', () => {
    const text = '# TYPE a counter\r\n\r\na { x = "1" , y="2", }  3e2  1700\r\n\tb +Inf';
    expect(parsePrometheusText(text)).toEqual([
      { name: 'a', labels: { x: '1', y: '2' }, value: 300, timestampMs: 1700 },
      { name: 'b', labels: {}, value: Number.POSITIVE_INFINITY },
    ]);
  });

  it.each([
    ['1a 2', /line 2 .* name of a metric/],
    ['a', /no value/],
    ['a one', /no number/],
    ['a 0x10', /no number/],
    ['a 1 2 3', /more after its value/],
    ['a{x="1} 2', /no quoted value for the label x/],
    ['a{x="1" y="2"} 2', /commas/],
    ['a{x="1",x="2"} 2', /x twice/],
    ['a{="1"} 2', /without a name/],
    ['<html>', /name of a metric/],
  ])('is refused with its line when it holds %s', (line, message) => {
    expect(() => parsePrometheusText(`ok 1\n${line}\n`)).toThrow(PrometheusFormatError);
    expect(() => parsePrometheusText(`ok 1\n${line}\n`)).toThrow(message);
  });

  it('of any content is either read or refused, nothing else', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '{', '}', '"', '\\', '=', ',', ' ', '1', '\n', '#') }),
        (text) => {
          try {
            return Array.isArray(parsePrometheusText(text));
          } catch (error) {
            return error instanceof PrometheusFormatError;
          }
        },
      ),
    );
  });
});
