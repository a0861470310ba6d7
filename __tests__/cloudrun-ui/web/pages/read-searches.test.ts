import { readAuditSearch } from '../../../../cloudrun-ui/web/src/pages/audit/read-audit-search.ts';
import { readReportSearch } from '../../../../cloudrun-ui/web/src/pages/audit/read-report-search.ts';
import { readChangedSearch } from '../../../../cloudrun-ui/web/src/pages/changed/read-changed-search.ts';
import { readCompareSearch } from '../../../../cloudrun-ui/web/src/pages/compare/read-compare-search.ts';
import { readComparisonSearch } from '../../../../cloudrun-ui/web/src/pages/comparison/read-comparison-search.ts';
import { readConfigurationSearch } from '../../../../cloudrun-ui/web/src/pages/configuration/read-configuration-search.ts';
import { readMetricsSearch } from '../../../../cloudrun-ui/web/src/pages/metrics/read-metrics-search.ts';

/** What an address says wrongly counts as not said: whoever shortened a link still sees a page. */
describe('what an address says', () => {
  it('is which entries of the trail are looked at', () => {
    const whole = { application: 'shop', environment: 'qa', by: 'ana', what: 'decisions', hours: 24, engine: true };
    expect(readAuditSearch(whole)).toEqual(whole);
    expect(readAuditSearch({ application: '', by: 7, what: 'toString', hours: -1, engine: 'yes' })).toEqual({
      by: '7',
    });
  });

  it('is one promotion, or a span of days, that is reported', () => {
    expect(readReportSearch({ promotion: 'pr-7f3a', since: '2026-11-01' })).toEqual({ promotion: 'pr-7f3a' });
    expect(readReportSearch({ promotion: 'v2', since: '2026-11-01', until: 'now' })).toEqual({ since: '2026-11-01' });
  });

  it('is an instant or a span, and never both', () => {
    expect(readChangedSearch({ at: '14:05', since: '2h', environment: 'prod' })).toEqual({
      at: '14:05',
      environment: 'prod',
    });
    expect(readChangedSearch({ since: '4h', until: '2h' })).toEqual({ since: '4h', until: '2h' });
  });

  it('is what is compared', () => {
    expect(readCompareSearch({ application: 'shop', from: 'qa', to: 7 })).toEqual({
      application: 'shop',
      from: 'qa',
      to: '7',
    });
    expect(readComparisonSearch({ one: 'pr-1', other: 'v2' })).toEqual({ one: 'pr-1' });
    const place = { application: 'shop', environment: 'qa' };
    expect(readConfigurationSearch({ ...place, against: 'prod', from: 'abcd', to: 'ef01' })).toEqual({
      ...place,
      against: 'prod',
    });
    expect(readConfigurationSearch({ ...place, from: 'abcd', to: 'ef01' })).toEqual({
      ...place,
      from: 'abcd',
      to: 'ef01',
    });
    expect(readConfigurationSearch({ ...place, from: 'abcd' })).toEqual(place);
  });

  it('is of what metrics are looked at', () => {
    expect(readMetricsSearch({ days: 7, application: 'shop', environment: '' })).toEqual({
      days: 7,
      application: 'shop',
    });
    expect(readMetricsSearch({ days: 0 })).toEqual({});
  });
});
