import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { bucketText } from './bucket-text.ts';
import type { Trend } from './metrics-query.ts';
import styles from './trend-section.module.css';
import { toldText } from './told-text.ts';
import { trendData } from './trend-data.ts';
import type { TrendView } from './trend-views.ts';

interface TrendChartProps {
  readonly view: TrendView;
  readonly trend: Trend;
}

const heightPx = 220;
/** Between two lines of the grid: numbers of promotions, and seconds that people would say, up to weeks. */
const countSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
const timeSteps = [
  0.5, 1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 21_600, 43_200, 86_400, 172_800, 604_800, 2_419_200,
];

/** One thing over time: counts as bars above one another, times as a line. */
export default function TrendChart({ view, trend }: TrendChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const legend = useRef<HTMLUListElement>(null);
  // Colours are those of the theme, which a canvas does not follow by itself.
  const theme = useComputedColorScheme('light');
  const [pointed, setPointed] = useState<number | undefined>(undefined);
  const point = pointed === undefined ? undefined : trend.points[pointed];
  useEffect(() => {
    const [place, marks] = [box.current, legend.current];
    if (place === null || marks === null) return undefined;
    const colours = [...marks.querySelectorAll('[data-kind]')].map((mark) => getComputedStyle(mark).color);
    const ink = getComputedStyle(marks).color;
    const line = getComputedStyle(place).borderTopColor;
    const plot = new uPlot(
      {
        ...optionsOf(view, trend, { colours, ink, line }, place.clientWidth),
        hooks: { setCursor: [({ cursor }) => setPointed(cursor.idx ?? undefined)] },
      },
      trendData(view, trend.points),
      place,
    );
    const watch = new ResizeObserver(() => plot.setSize({ width: place.clientWidth, height: heightPx }));
    watch.observe(place);
    return () => {
      watch.disconnect();
      plot.destroy();
    };
  }, [view, trend, theme]);
  return (
    <>
      <ul ref={legend} className={styles['legend']}>
        {view.series.map(({ label, kind, valueOf }) => (
          <li key={label}>
            <span data-kind={kind} aria-hidden="true" />
            {label}
            {point !== undefined && <strong>{toldText(valueOf(point), view.measure)}</strong>}
          </li>
        ))}
        {point !== undefined && <li className="quiet">{bucketText(point.at, trend.bucket)}</li>}
      </ul>
      <div
        ref={box}
        className={styles['chart']}
        role="img"
        aria-label={`${view.title} by ${trend.bucket}; the table below tells the same`}
      />
    </>
  );
}

interface Ink {
  readonly colours: readonly string[];
  readonly ink: string;
  readonly line: string;
}

function optionsOf(view: TrendView, trend: Trend, { colours, ink, line }: Ink, width: number): uPlot.Options {
  const isTime = view.measure === 'seconds';
  const bars = uPlot.paths.bars?.({ size: [0.7, 48] });
  const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1 } };
  return {
    width,
    height: heightPx,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    // Half of the last label stands behind the last point.
    padding: [null, 40, null, null],
    legend: { show: false },
    cursor: { drag: { x: false, y: false } },
    scales: { y: { range: (_, __, most) => [0, Math.max(isTime ? 1 : 4, most * 1.1)] } },
    axes: [
      {
        ...axis,
        values: (_, times) => times.map((at) => bucketText(new Date(at * 1000).toISOString(), trend.bucket)),
        space: 96,
      },
      {
        ...axis,
        size: 72,
        values: (_, values) => values.map((value) => toldText(value, view.measure)),
        incrs: isTime ? timeSteps : countSteps,
      },
    ],
    series: [
      {},
      ...view.series.map(({ label }, index) => ({
        label,
        stroke: colours[index] ?? ink,
        ...(isTime || bars === undefined
          ? { width: 2, spanGaps: true, points: { show: true, size: 6 } }
          : { fill: colours[index] ?? ink, width: 0, paths: bars, points: { show: false } }),
      })),
    ],
  };
}
