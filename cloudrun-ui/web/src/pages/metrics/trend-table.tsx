import { DataTable } from '../../table/data-table.tsx';
import { bucketText } from './bucket-text.ts';
import type { Trend, TrendPoint } from './metrics-query.ts';
import { toldText } from './told-text.ts';
import type { TrendView } from './trend-views.ts';

interface TrendTableProps {
  readonly view: TrendView;
  readonly trend: Trend;
}

/** The numbers of a trend, the newest part first. */
export function TrendTable({ view: { title, measure, series }, trend: { points, bucket } }: TrendTableProps) {
  return (
    <DataTable
      caption={`${title} by ${bucket}, in UTC`}
      rows={points.toReversed()}
      keyOf={({ at }) => at}
      columns={[
        { title: 'From', cell: ({ at }) => bucketText(at, bucket) },
        ...series.map(({ label, valueOf }) => ({
          title: label,
          isNumber: true,
          cell: (point: TrendPoint) => toldText(valueOf(point), measure),
        })),
      ]}
    />
  );
}
