import { z } from 'zod';
import { EvidenceError } from '../evidence-error.ts';
import type { EvidenceFact } from '../evidence.ts';
import { array, object, parseAt, scalar } from '../json-shape.ts';
import { readJson } from '../read-json.ts';
import { zonedDate, type ReportReader } from '../report-reader.ts';

const number = z.number({ error: 'must be a number' }).nonnegative({ error: 'must not be negative' });
const share = number.max(1, { error: 'must be at most 1' });

/** What one metric says; which of these it has depends on its type. */
interface Values {
  readonly count?: unknown;
  readonly rate?: unknown;
  readonly value?: unknown;
  readonly passes?: unknown;
  readonly fails?: unknown;
  readonly matches?: unknown;
  readonly total?: unknown;
  readonly 'p(95)'?: unknown;
}
interface Found {
  readonly values: Values;
  readonly place: string;
}

const wanted = ['http_reqs', 'http_req_failed', 'http_req_duration'] as const;
const valueShape = {
  count: scalar,
  rate: scalar,
  value: scalar,
  passes: scalar,
  fails: scalar,
  matches: scalar,
  total: scalar,
  'p(95)': scalar,
};
/** `--summary-export` writes the numbers beside the thresholds; `handleSummary` puts them into `values`. */
const metricShape = object({ ...valueShape, values: object(valueShape) });
const metricSchema = z.object({ values: z.record(z.string(), z.unknown()).nullish() }).loose();

/**
 * A k6 summary: `--summary-export`, the data of `handleSummary` as JSON, or the machine-readable summary of k6 1.5 and
 * later. Performance for comparing with the release before is taken only from load before the deployment, because what
 * runs elsewhere is as fast as elsewhere is.
 */
export const readK6: ReportReader = async (text, { phase, limits }) => {
  const found = new Map<string, Found>();
  const report = await readJson(
    text,
    object({
      metrics: object(Object.fromEntries(wanted.map((name) => [name, metricShape]))),
      results: object({
        metrics: array(object({ name: scalar, values: object(valueShape) }), (value, place) => {
          const { name, values } = parseAt(z.object({ name: z.string(), values: z.unknown() }), value, place);
          if (typeof values === 'object' && values !== null) found.set(name, { values, place: `${place}.values` });
        }),
      }),
      config: object({ duration: scalar }),
      metadata: object({ generatedAt: scalar }),
    }),
    limits,
  );
  const { metrics, config, metadata } = parseAt(
    z.object({
      metrics: z.record(z.string(), z.unknown()).nullish(),
      config: z.object({ duration: z.unknown() }).nullish(),
      metadata: z.object({ generatedAt: z.unknown() }).nullish(),
    }),
    report,
    '$',
  );
  for (const name of wanted) {
    const metric = metrics?.[name];
    if (metric === undefined || metric === null) continue;
    const parsed = parseAt(metricSchema, metric, `$.metrics.${name}`);
    const place = `$.metrics.${name}`;
    found.set(name, parsed.values ? { values: parsed.values, place: `${place}.values` } : { values: parsed, place });
  }

  const duration = config === undefined || config === null ? undefined : config.duration;
  const requestsPerSecond = rateOf(metricOf(found, 'http_reqs'), duration);
  const errorRatePercent = errorShareOf(metricOf(found, 'http_req_failed')) * 100;
  const p95Ms = p95Of(found.get('http_req_duration'));
  const load: EvidenceFact = {
    kind: 'load',
    tool: 'k6',
    requestsPerSecond,
    errorRatePercent,
    phase,
    ...(p95Ms === undefined ? {} : { p95Ms }),
  };
  const facts: EvidenceFact[] = [load];
  if (phase === 'before' && p95Ms !== undefined) facts.push({ kind: 'performance', tool: 'k6', p95Ms });
  return { facts, collectedAt: zonedDate(metadata?.generatedAt) };
};

function metricOf(found: ReadonlyMap<string, Found>, name: (typeof wanted)[number]): Found {
  const metric = found.get(name);
  if (metric === undefined) {
    throw new EvidenceError(`has no metric ${name}: k6 made no HTTP request, or this is not its summary`, '$.metrics');
  }
  return metric;
}

/** Requests a second; the machine-readable summary leaves the division to its reader. */
function rateOf({ values, place }: Found, duration: unknown): number {
  const count = parseAt(number, values.count, `${place}.count`);
  if (count === 0) throw new EvidenceError('counts no request', `${place}.count`);
  if (values.rate !== undefined) return parseAt(number, values.rate, `${place}.rate`);
  const seconds = parseAt(number, duration, '$.config.duration');
  if (seconds === 0) throw new EvidenceError('must be longer than 0 seconds', '$.config.duration');
  return count / seconds;
}

/**
 * Share of the requests that failed. `passes` are the requests for which "it failed" was true: confusing, and long
 * known as such (grafana/k6 issue 2306).
 */
function errorShareOf({ values, place }: Found): number {
  const said = parseAt(share, values.rate ?? values.value, `${place}.${values.rate === undefined ? 'value' : 'rate'}`);
  const failed = values.passes ?? values.matches;
  const total =
    values.total ??
    (typeof values.passes === 'number' && typeof values.fails === 'number' ? values.passes + values.fails : undefined);
  if (failed === undefined || total === undefined) return said;
  const counted =
    parseAt(number, failed, place) / parseAt(number.positive({ error: 'counts no request' }), total, place);
  if (!(Math.abs(counted - said) <= 0.001)) {
    throw new EvidenceError(
      `contradicts itself: the rate is ${String(said)} and the requests it counts make ${String(counted)}`,
      place,
    );
  }
  return said;
}

function p95Of(metric: Found | undefined): number | undefined {
  if (metric?.values['p(95)'] === undefined) return undefined;
  return parseAt(number, metric.values['p(95)'], `${metric.place}["p(95)"]`);
}
