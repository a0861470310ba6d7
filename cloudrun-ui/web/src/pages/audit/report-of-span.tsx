import { useQuery } from '@tanstack/react-query';
import { EmptyNotice } from '../../states/empty-notice.tsx';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { beginningOf, endOf } from '../../time/calendar-days.ts';
import { complianceQuery, exportAddress, type Compliance } from './audit-query.ts';
import { ComplianceSummary } from './compliance-summary.tsx';
import { ComplianceTable } from './compliance-table.tsx';
import { instantText } from './instant-text.ts';
import type { ReportSearch } from './read-report-search.ts';
import type { ReportSpan } from './report-days.ts';
import styles from './report.module.css';

/** Every promotion of a span of days: how many, how they ended, who let them, and what was set aside. */
export function ReportOfSpan({ search, span }: { readonly search: ReportSearch; readonly span: ReportSpan }) {
  const { application, environment } = search;
  const scope = {
    application,
    environment,
    since: beginningOf(span.since).toISOString(),
    until: endOf(span.until).toISOString(),
  };
  const compliance = useQuery(complianceQuery(scope));
  if (compliance.isPending) return <SkeletonRows count={12} />;
  if (compliance.data === undefined) return <QueryError query={compliance} />;
  const report = compliance.data;
  return (
    <>
      <QueryError query={compliance} />
      <p>
        {scopeText(report)}, from {span.since} to {span.until}. Made {instantText(report.at)} by {report.by}.
      </p>
      {report.promotions.length === 0 ? (
        <EmptyNotice title="Here stands how each promotion of these days was decided.">
          <p>There is none in them. Choose other days, or every application and environment.</p>
        </EmptyNotice>
      ) : (
        <>
          {report.isCut && (
            <p className={styles['warning']}>
              Only the first {report.promotions.length} promotions are told and counted here.{' '}
              <a href={exportAddress(scope, 'jsonl', true)}>The export has all of them.</a>
            </p>
          )}
          <ComplianceSummary summary={report.summary} />
          <ComplianceTable promotions={report.promotions} />
          <p className="quiet">
            The head is the hash of the last entry of a promotion’s chain: promote audit verify proves that it is what
            was written.
          </p>
        </>
      )}
    </>
  );
}

function scopeText({ scope: { application, environment } }: Compliance): string {
  return `Promotions of ${application ?? 'every application'} into ${environment ?? 'every environment'}`;
}
