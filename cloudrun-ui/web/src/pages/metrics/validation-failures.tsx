import { DataTable } from '../../table/data-table.tsx';
import table from '../../table/table.module.css';
import { failuresByGate } from './failures-by-gate.ts';
import type { Statistics } from './metrics-query.ts';

/** What promotions fail for before they move, gate by gate, the most frequent first. */
export function ValidationFailures({ failures }: { readonly failures: Statistics['validationFailures'] }) {
  return (
    <section className={table['section']}>
      <DataTable
        caption="Gates that failed"
        rows={failuresByGate(failures)}
        keyOf={({ gate }) => gate}
        empty="No gate failed in this time."
        columns={[
          { title: 'Gate', cell: ({ gate }) => gate },
          { title: 'Times', cell: ({ count }) => count, isNumber: true },
          { title: 'Where', cell: ({ places }) => places, isProse: true },
        ]}
      />
    </section>
  );
}
