import { DataTable } from '../../table/data-table.tsx';
import table from '../../table/table.module.css';
import { counted } from '../../text/counted.ts';
import { formatRatio } from '../../text/ratio.ts';
import { formatDuration } from '../../time/format-duration.ts';
import type { Statistics } from './metrics-query.ts';
import { SuccessBar } from './success-bar.tsx';

/** The same for each way into an environment, those with most movement first. */
export function PlacesTable({ statistics }: { readonly statistics: Statistics }) {
  const restored = new Map(statistics.restorations.places.map((place) => [keyOf(place), place.seconds]));
  return (
    <section className={table['section']}>
      <DataTable
        caption="By application and environment"
        rows={statistics.places}
        keyOf={keyOf}
        columns={[
          { title: 'Application', cell: ({ application }) => application },
          { title: 'Environment', cell: ({ environment }) => environment },
          { title: 'Promotions', cell: ({ attempts }) => attempts, isNumber: true },
          { title: 'Outcomes', cell: (place) => <SuccessBar figures={place} /> },
          { title: 'Succeeded', cell: ({ successRatio }) => formatRatio(successRatio), isNumber: true },
          { title: 'Moving, mean', cell: ({ movingSeconds }) => lasting(movingSeconds?.mean), isNumber: true },
          { title: '95 of 100', cell: ({ movingSeconds }) => lasting(movingSeconds?.p95), isNumber: true },
          { title: 'Lead time', cell: ({ leadTimeSeconds }) => lasting(leadTimeSeconds?.mean), isNumber: true },
          { title: 'Restored in', cell: (place) => lasting(restored.get(keyOf(place))?.mean), isNumber: true },
        ]}
      />
      {statistics.morePlaces > 0 && (
        <p className="quiet">{counted(statistics.morePlaces, 'more place')}: name an application or an environment.</p>
      )}
    </section>
  );
}

function keyOf({ application, environment }: { readonly application: string; readonly environment: string }): string {
  return `${application} ${environment}`;
}

function lasting(seconds: number | undefined): string {
  return seconds === undefined ? '–' : formatDuration(seconds * 1000);
}
