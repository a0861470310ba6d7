import type { Plan } from '../../api/queries.ts';
import { DataTable } from '../../table/data-table.tsx';
import type { Report } from './report-query.ts';
import styles from './report.module.css';

interface ReportChangesProps {
  readonly report: Report;
  /** Undefined: it never had one. */
  readonly plan: Plan | undefined;
}

/** What it changed in its target, image by image and value by value, and what of it was undone. */
export function ReportChanges({ report, plan }: ReportChangesProps) {
  const { changes, images, undone, kept } = report;
  return (
    <section className={styles['part']}>
      <h2>Changes</h2>
      <DataTable
        caption="What changed"
        isCaptionHidden
        rows={changes}
        keyOf={({ kind, subject }) => `${kind} ${subject}`}
        empty="It changed nothing."
        columns={[
          { title: 'Kind', cell: ({ kind }) => kind },
          { title: 'What', cell: ({ subject }) => subject, isProse: true },
          { title: 'Before', cell: ({ before }) => <span className={styles['hash']}>{before ?? 'nothing'}</span> },
          { title: 'After', cell: ({ after }) => <span className={styles['hash']}>{after ?? 'nothing'}</span> },
        ]}
      />
      {images.length > 0 && (
        <DataTable
          caption="Images"
          rows={images}
          keyOf={({ service }) => service}
          columns={[
            { title: 'Service', cell: ({ service }) => service },
            { title: 'From', cell: ({ source }) => source.repository },
            { title: 'To', cell: ({ destination }) => destination.repository },
            { title: 'Digest', cell: ({ digest }) => <span className={styles['hash']}>{digest}</span> },
          ]}
        />
      )}
      {plan?.irreversible.map((each) => (
        <p key={each}>Could not be undone: {each}</p>
      ))}
      {undone.map(({ step, summary }) => (
        <p key={`undone ${step}`}>
          Undone, {step}: {summary}
        </p>
      ))}
      {undone.length > 0 &&
        kept.map(({ step, summary }) => (
          <p key={`kept ${step}`}>
            Kept, {step}: {summary}
          </p>
        ))}
    </section>
  );
}
