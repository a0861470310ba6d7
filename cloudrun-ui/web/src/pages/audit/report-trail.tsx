import type { components } from '../../api/schema.gen.ts';
import { DataTable } from '../../table/data-table.tsx';
import { instantText } from './instant-text.ts';
import styles from './report.module.css';

type Entry = components['schemas']['Event'];

/** Every entry of its chain; from the last hash the whole of it can be proved. */
export function ReportTrail({ events }: { readonly events: readonly Entry[] }) {
  const head = events.at(-1)?.hash;
  return (
    <section className={styles['part']}>
      <h2>Audit trail</h2>
      {head !== undefined && (
        <p>
          Head <span className={styles['hash']}>{head}</span>
        </p>
      )}
      <DataTable
        caption="Entries"
        isCaptionHidden
        rows={events}
        keyOf={({ seq }) => String(seq)}
        empty="Its entries are gone: their time was over."
        columns={[
          { title: 'Entry', cell: ({ seq }) => seq, isNumber: true },
          { title: 'When', cell: ({ at }) => instantText(at) },
          { title: 'By', cell: ({ by }) => by, isProse: true },
          { title: 'What', cell: ({ text }) => text, isProse: true },
          { title: 'Hash', cell: ({ hash }) => <span className={styles['hash']}>{hash.slice(0, 16)}</span> },
        ]}
      />
    </section>
  );
}
