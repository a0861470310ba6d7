import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import UPlot, { type AlignedData, type Options } from 'uplot';
import type { CanarySeries } from './canary-series.ts';
import styles from './canary-panel.module.css';

interface CanaryChartProps {
  readonly title: string;
  readonly series: CanarySeries;
  readonly format: (value: number | null) => string;
  /** What neither side should be above. */
  readonly limit?: { readonly value: number; readonly words: string };
}

const heightPx = 160;

/** Two lines over time, told apart by their strokes as well as by their colours; the table beside it tells the same. */
export default function CanaryChart({ title, series, format, limit }: CanaryChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot | undefined>(undefined);
  const scheme = useComputedColorScheme('light');
  const limitValue = limit?.value;
  const data = dataOf(series, limitValue);
  const newest = useRef(data);
  newest.current = data;
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const options = optionsOf(element, format, limitValue !== undefined);
    const made = new UPlot(options, newest.current, element);
    chart.current = made;
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: heightPx }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      chart.current = undefined;
    };
    // Colours are read when it is made.
  }, [scheme, format, limitValue]);
  useEffect(() => {
    chart.current?.setData(newest.current);
  }, [series]);
  return (
    <figure className={styles['figure']}>
      <figcaption className={styles['caption']}>
        <span>{title}</span>
        <Key name="canary" words={`Canary ${format(series.canary.at(-1) ?? null)}`} />
        <Key name="baseline" words={`Old instances ${format(series.baseline.at(-1) ?? null)}`} />
        {limit !== undefined && <Key name="limit" words={`${limit.words} ${format(limit.value)}`} />}
      </figcaption>
      <div
        ref={box}
        className={styles['chart']}
        role="img"
        aria-label={`${title} over time; the table tells the same`}
      />
    </figure>
  );
}

const dashes: Readonly<Record<'canary' | 'baseline' | 'limit', readonly number[]>> = {
  canary: [],
  baseline: [6, 4],
  limit: [2, 3],
};

function Key({ name, words }: { readonly name: keyof typeof dashes; readonly words: string }) {
  return (
    <span className={styles['key']} data-series={name}>
      <svg viewBox="0 0 20 8" width="20" height="8" aria-hidden="true">
        <path d="M0 4h20" strokeDasharray={dashes[name].join(' ')} />
      </svg>
      {words}
    </span>
  );
}

function dataOf({ at, canary, baseline }: CanarySeries, limit: number | undefined): AlignedData {
  const lines = [[...at], [...canary], [...baseline]] as AlignedData;
  return limit === undefined ? lines : ([...lines, at.map(() => limit)] as AlignedData);
}

function optionsOf(element: HTMLElement, format: CanaryChartProps['format'], hasLimit: boolean): Options {
  const color = (name: string): string => {
    // What a variable comes to in this theme, only an element that uses it knows; a canvas knows no variables.
    element.style.color = `var(${name})`;
    return getComputedStyle(element).color;
  };
  const line = (name: keyof typeof dashes, stroke: string): UPlot.Series => ({
    label: name,
    stroke,
    width: 2,
    dash: [...dashes[name]],
    points: { show: name !== 'limit', size: 4 },
  });
  const axis = { stroke: color('--quiet'), grid: { stroke: color('--border'), width: 1 }, ticks: { show: false } };
  return {
    width: element.clientWidth,
    height: heightPx,
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_chart, _low, high) => [0, Math.max(high * 1.1, 1)] } },
    axes: [
      { ...axis, values: (_chart, seconds) => seconds.map(clockTime) },
      { ...axis, size: 64, values: (_chart, values) => values.map(format) },
    ],
    series: [
      {},
      line('canary', color('--status-running')),
      line('baseline', color('--quiet')),
      ...(hasLimit ? [line('limit', color('--status-failed'))] : []),
    ],
  };
}

function clockTime(seconds: number): string {
  return new Date(seconds * 1000).toLocaleTimeString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}
