import fc from 'fast-check';
import { openMetricsText } from '../../../engine/metrics/open-metrics-text.ts';
import { parsePrometheusText } from '../../../engine/metrics/prometheus-text.ts';

describe('metrics in the OpenMetrics format', () => {
  it('have their type, unit and help before their values, and an end', () => {
    expect(
      openMetricsText([
        { name: 'a_seconds', unit: 'seconds', help: 'How\nlong.', samples: [{ labels: { place: 'x' }, value: 1.5 }] },
        { name: 'left_out', help: 'Nothing is known.', samples: [] },
        { name: 'b', help: 'Odd.', samples: [{ labels: {}, value: Infinity }] },
      ]),
    ).toBe(
      '# TYPE a_seconds gauge\n# UNIT a_seconds seconds\n# HELP a_seconds How\\nlong.\na_seconds{place="x"} 1.5\n' +
        '# TYPE b gauge\n# HELP b Odd.\nb +Inf\n# EOF\n',
    );
  });

  it('keep their labels whatever is in them', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', '\\', '\n', 'a', '}') }), (place) => {
        const text = openMetricsText([{ name: 'a', help: place, samples: [{ labels: { place }, value: 1 }] }]);
        expect(parsePrometheusText(text)).toEqual([{ name: 'a', labels: { place }, value: 1 }]);
      }),
    );
  });
});
