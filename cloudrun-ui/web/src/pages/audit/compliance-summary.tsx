import { counted } from '../../text/counted.ts';
import { stateName } from './state-name.ts';
import type { Compliance } from './audit-query.ts';
import styles from './report.module.css';

type Summary = Compliance['summary'];

/** What an auditor asks first, counted. */
export function ComplianceSummary({ summary }: { readonly summary: Summary }) {
  return (
    <dl className={styles['summary']}>
      <Count title="Promotions" text={String(summary.promotions)} />
      <Count title="Ended" text={listOf(summary.byOutcome, stateName)} />
      <Count title="Applications" text={listOf(summary.byApplication)} />
      <Count title="Approved by" text={listOf(summary.approvals)} />
      <Count
        title="Without an approval"
        text={`${counted(summary.succeededWithoutApproval, 'promotion')} went well that nobody had to approve`}
      />
      <Count title="Rules set aside" text={listOf(summary.overrides)} />
      <Count title="Checks that failed" text={listOf(summary.failedChecks)} />
      <Count title="Errors" text={listOf(summary.errorsBySeverity)} />
    </dl>
  );
}

function Count({ title, text }: { readonly title: string; readonly text: string }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{text}</dd>
    </div>
  );
}

/** The most frequent first; what never was is left out. */
function listOf(counts: Readonly<Record<string, number>>, nameOf = (key: string): string => key): string {
  const told = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .toSorted(([, one], [, other]) => other - one)
    .map(([key, count]) => `${nameOf(key)} ${String(count)}`);
  return told.length === 0 ? 'none' : told.join(', ');
}
