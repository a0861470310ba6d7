import type { ReactNode } from 'react';
import type { Promotion } from '../../api/queries.ts';
import { formatDuration } from '../../time/format-duration.ts';
import { toSentence } from '../../text/to-sentence.ts';
import { instantText } from './instant-text.ts';
import type { Report } from './report-query.ts';
import styles from './report.module.css';

interface ReportFactsProps {
  readonly promotion: Promotion;
  readonly report: Report;
}

/** What it was, who asked for it and why, and how it ended. */
export function ReportFacts({ promotion, report }: ReportFactsProps) {
  const { application, release, from, to, requestedBy, onBehalfOf, reason, overrides, failure, rollback } = promotion;
  const { timing } = report;
  return (
    <dl className={styles['summary']}>
      <Fact title="Promotion">
        {application} {release}, {from} → {to}
        {promotion.isDryRun && ', a dry run: nothing was changed'}
        {promotion.lane === 'hotfix' && ', in the emergency lane'}
      </Fact>
      <Fact title="Asked for">
        {instantText(timing.requestedAt)} by {requestedBy}
        {onBehalfOf !== null && ` on behalf of ${onBehalfOf}`}
        {reason !== null && `: ${reason}`}
      </Fact>
      <Fact title="Outcome">
        {toSentence(report.outcomeText)}
        {timing.endedAt !== null && `, ${instantText(timing.endedAt)}`}
      </Fact>
      <Fact title="Took">
        {timing.tookMs === null ? 'not over' : formatDuration(timing.tookMs)}
        {timing.waitedMs > 0 && `, of which it waited ${formatDuration(timing.waitedMs)}`}
      </Fact>
      {promotion.planHash !== null && (
        <Fact title="Plan">
          <span className={styles['hash']}>{promotion.planHash}</span>
        </Fact>
      )}
      <Fact title="Rules set aside">
        {overrides.length === 0
          ? 'none'
          : overrides.map(({ kind, by, reason: why, at }) => (
              <div key={`${kind} ${at}`}>
                {kind} by {by}, {instantText(at)}: {why}
              </div>
            ))}
      </Fact>
      {failure !== null && (
        <Fact title="Failed">
          {failure.step}: {failure.message}
        </Fact>
      )}
      {rollback !== null && (
        <Fact title="Taken back">
          {instantText(rollback.at)} {rollback.trigger === 'automatic' ? 'by itself' : `by ${rollback.requestedBy}`}:{' '}
          {rollback.reason}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
