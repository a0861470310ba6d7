import type { PromotionDetail } from '../../api/queries.ts';
import { DataTable } from '../../table/data-table.tsx';
import { counted } from '../../text/counted.ts';
import { instantText } from './instant-text.ts';
import type { Report } from './report-query.ts';
import styles from './report.module.css';

interface ReportApprovalsProps {
  readonly detail: PromotionDetail;
  readonly report: Report;
}

/** Who had to say yes, who said what to which plan, what was ticked, and what was noted. */
export function ReportApprovals({ detail: { approvals, checklist, notes }, report }: ReportApprovalsProps) {
  const { stages, isAutomaticWhenGatesPass } = report.approvals;
  return (
    <section className={styles['part']}>
      <h2>Approvals</h2>
      <p>
        {stages.length === 0
          ? 'None was asked for along this way.'
          : `Asked for: ${stages.map(stageText).join(', then ')}.${isAutomaticWhenGatesPass ? ' Given by itself when every gate passes.' : ''}`}
      </p>
      {approvals.length > 0 && (
        <DataTable
          caption="Votes"
          rows={approvals}
          keyOf={({ stage, by, at }) => `${stage} ${by} ${at}`}
          columns={[
            { title: 'Stage', cell: ({ stage }) => stage },
            { title: 'By', cell: ({ by, saidBy }) => (saidBy === null ? by : `${by} (unverified, said by ${saidBy})`) },
            {
              title: 'Decided',
              cell: ({ decision, isOverThisPlan }) => `${decision}${isOverThisPlan ? '' : ', over a former plan'}`,
            },
            { title: 'When', cell: ({ at }) => instantText(at) },
            { title: 'Comment', cell: ({ comment }) => comment, isProse: true },
            { title: 'Plan', cell: ({ planHash }) => <span className={styles['hash']}>{planHash.slice(0, 16)}</span> },
          ]}
        />
      )}
      {checklist.length > 0 && (
        <DataTable
          caption="Checklist"
          rows={checklist}
          keyOf={({ number }) => String(number)}
          columns={[
            { title: 'Item', cell: ({ item }) => item },
            { title: 'State', cell: ({ state }) => state.replaceAll('-', ' ') },
            { title: 'By', cell: ({ by }) => by },
            { title: 'When', cell: ({ at }) => (at === null ? null : instantText(at)) },
            { title: 'Note', cell: ({ note }) => note, isProse: true },
          ]}
        />
      )}
      {notes.map(({ by, text, at }) => (
        <p key={`${by} ${at}`}>
          {by} noted, {instantText(at)}: {text}
        </p>
      ))}
    </section>
  );
}

function stageText({ name, roles, people, minimumApprovals }: Report['approvals']['stages'][number]): string {
  const of = [...roles, ...people];
  return `${name} (${counted(minimumApprovals, 'approval')}${of.length === 0 ? '' : ` of ${of.join(', ')}`})`;
}
