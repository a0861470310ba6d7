import { DataTable } from '../../table/data-table.tsx';
import { instantText } from './instant-text.ts';
import type { Report } from './report-query.ts';
import styles from './report.module.css';

/** What it was checked for: what was found against what was demanded, and on what evidence. */
export function ReportChecks({ checks }: Pick<Report, 'checks'>) {
  return (
    <section className={styles['part']}>
      <h2>Checks</h2>
      <DataTable
        caption="Checks"
        isCaptionHidden
        rows={checks}
        // Images are judged one by one, each by the same checks.
        keyOf={({ step, check, detail }) => `${step} ${check} ${detail}`}
        empty="It was checked for nothing."
        columns={[
          { title: 'Check', cell: ({ check }) => check },
          {
            title: 'Verdict',
            cell: ({ verdict, forcedBy }) => `${verdict}${forcedBy === null ? '' : `, overruled by ${forcedBy}`}`,
          },
          { title: 'Found', cell: ({ detail }) => detail, isProse: true },
          { title: 'Demanded', cell: ({ threshold }) => threshold, isProse: true },
          { title: 'Evidence', cell: ({ evidence }) => evidence.map(evidenceText).join('; '), isProse: true },
        ]}
      />
    </section>
  );
}

function evidenceText({ id, kind, source, collectedAt }: Report['checks'][number]['evidence'][number]): string {
  const when = collectedAt === null ? '' : `, ${instantText(collectedAt)}`;
  return `${kind ?? 'evidence'} ${id}${source === null ? '' : ` from ${source}`}${when}`;
}
