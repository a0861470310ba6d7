const durationBucketsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;

interface Histogram {
  readonly counts: number[];
  sum: number;
  count: number;
}

export interface ProcessUsage {
  readonly residentBytes: number;
  readonly cpuSeconds: number;
  readonly uptimeSeconds: number;
}

export function readProcessUsage(): ProcessUsage {
  const { user, system } = process.cpuUsage();
  return {
    residentBytes: process.memoryUsage.rss(),
    cpuSeconds: (user + system) / 1e6,
    uptimeSeconds: process.uptime(),
  };
}

const escapeLabel = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

const labels = (pairs: Readonly<Record<string, string>>): string =>
  `{${Object.entries(pairs)
    .map(([name, value]) => `${name}="${escapeLabel(value)}"`)
    .join(',')}}`;

/** What a service counts about its requests, rendered in the Prometheus text format. */
export class Metrics {
  readonly #identity: Readonly<Record<string, string>>;
  readonly #usage: () => ProcessUsage;
  readonly #requests = new Map<string, number>();
  readonly #durations = new Map<string, Histogram>();
  #inFlight = 0;

  constructor(identity: Readonly<Record<string, string>>, usage: () => ProcessUsage = readProcessUsage) {
    this.#identity = identity;
    this.#usage = usage;
  }

  requestStarted(): void {
    this.#inFlight += 1;
  }

  /** @param route the pattern, not the path: a path holds ids, and every id would become a series of its own. */
  requestEnded(method: string, route: string, status: number, durationSeconds: number): void {
    this.#inFlight -= 1;
    const series = labels({ method, route, status: String(status) });
    this.#requests.set(series, (this.#requests.get(series) ?? 0) + 1);
    const key = labels({ method, route });
    const histogram = this.#durations.get(key) ?? { counts: durationBucketsSeconds.map(() => 0), sum: 0, count: 0 };
    for (const [index, bound] of durationBucketsSeconds.entries()) {
      if (durationSeconds <= bound) histogram.counts[index] = (histogram.counts[index] ?? 0) + 1;
    }
    histogram.sum += durationSeconds;
    histogram.count += 1;
    this.#durations.set(key, histogram);
  }

  render(): string {
    const usage = this.#usage();
    const lines = [
      '# HELP service_info The release that runs.',
      '# TYPE service_info gauge',
      `service_info${labels(this.#identity)} 1`,
      '# HELP http_requests_total Requests answered.',
      '# TYPE http_requests_total counter',
      ...[...this.#requests].map(([series, count]) => `http_requests_total${series} ${String(count)}`),
      '# HELP http_requests_in_flight Requests being served now.',
      '# TYPE http_requests_in_flight gauge',
      `http_requests_in_flight ${String(this.#inFlight)}`,
      '# HELP http_request_duration_seconds Time from the request to the end of its answer.',
      '# TYPE http_request_duration_seconds histogram',
      ...[...this.#durations].flatMap(([key, histogram]) => renderHistogram(key, histogram)),
      '# HELP process_resident_memory_bytes Resident memory.',
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${String(usage.residentBytes)}`,
      '# HELP process_cpu_seconds_total Processor time used, user and system.',
      '# TYPE process_cpu_seconds_total counter',
      `process_cpu_seconds_total ${String(usage.cpuSeconds)}`,
      '# HELP process_uptime_seconds Time since the process started.',
      '# TYPE process_uptime_seconds gauge',
      `process_uptime_seconds ${String(usage.uptimeSeconds)}`,
    ];
    return `${lines.join('\n')}\n`;
  }
}

function renderHistogram(key: string, histogram: Histogram): readonly string[] {
  const name = 'http_request_duration_seconds';
  const withBound = (bound: string): string => `${key.slice(0, -1)},le="${bound}"}`;
  return [
    ...durationBucketsSeconds.map(
      (bound, index) => `${name}_bucket${withBound(String(bound))} ${String(histogram.counts[index] ?? 0)}`,
    ),
    `${name}_bucket${withBound('+Inf')} ${String(histogram.count)}`,
    `${name}_sum${key} ${String(histogram.sum)}`,
    `${name}_count${key} ${String(histogram.count)}`,
  ];
}
