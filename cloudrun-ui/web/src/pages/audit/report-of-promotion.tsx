import { useQueries, useQuery } from '@tanstack/react-query';
import { meQuery, planQuery, promotionQuery, reportQuery, trailQuery } from '../../api/queries.ts';
import { QueryError } from '../../states/query-error.tsx';
import { SkeletonRows } from '../../states/skeleton-rows.tsx';
import { ReportApprovals } from './report-approvals.tsx';
import { ReportChanges } from './report-changes.tsx';
import { ReportChecks } from './report-checks.tsx';
import { ReportFacts } from './report-facts.tsx';
import { ReportTrail } from './report-trail.tsx';
import { instantText } from './instant-text.ts';

/** Everything that was decided about one promotion, by whom and on what evidence, with its whole chain. */
export function ReportOfPromotion({ id }: { readonly id: string }) {
  const promotion = useQuery(promotionQuery(id));
  const { data: detail } = promotion;
  const isKnown = detail !== undefined;
  const planHash = detail?.promotion.planHash ?? null;
  const [report, plan, trail] = useQueries({
    queries: [
      { ...reportQuery(id, detail?.promotion.updatedAt ?? ''), enabled: isKnown },
      { ...planQuery(id, planHash), enabled: planHash !== null },
      { ...trailQuery(id), enabled: isKnown },
    ],
  });
  const { data: me } = useQuery(meQuery);
  // A report without its plan would not say what could not be undone.
  const isPlanMissing = planHash !== null && plan.data === undefined;
  if (detail === undefined || report.data === undefined || trail.data === undefined || isPlanMissing) {
    const failed = [promotion, report, plan, trail].find(({ isError, data }) => isError && data === undefined);
    return failed === undefined ? <SkeletonRows count={16} /> : <QueryError query={failed} />;
  }
  const { events } = trail.data;
  return (
    <>
      <p>
        Made {instantText(new Date(report.dataUpdatedAt).toISOString())}
        {me !== undefined && <> by {me.person}</>}, from {events.length} entries of the audit trail.
      </p>
      <ReportFacts promotion={detail.promotion} report={report.data} />
      <ReportApprovals detail={detail} report={report.data} />
      <ReportChecks checks={report.data.checks} />
      <ReportChanges report={report.data} plan={plan.data?.plan ?? undefined} />
      <ReportTrail events={events} />
    </>
  );
}
