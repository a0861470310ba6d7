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
  const [report, plan, trail] = useQueries({
    queries: [
      { ...reportQuery(id, detail?.promotion.updatedAt ?? ''), enabled: isKnown },
      { ...planQuery(id, detail?.promotion.planHash ?? null), enabled: isKnown },
      { ...trailQuery(id), enabled: isKnown },
    ],
  });
  const { data: me } = useQuery(meQuery);
  if (promotion.isError) return <QueryError query={promotion} />;
  if (report.isError) return <QueryError query={report} />;
  if (trail.isError) return <QueryError query={trail} />;
  if (detail === undefined || report.data === undefined || trail.data === undefined) return <SkeletonRows count={16} />;
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
