import type { Compared, ComparedEnvironments, PromotionForecast, Readiness } from '../../engine/promotion-service.ts';
import { reportJson } from './environment-json.ts';
import { planJson } from './plan-json.ts';

/** What `compare --json` shows. A part is `{ "kind": "compared", "entries" }`, `unknown` with `why`, or `none`. */
export function comparisonJson(comparison: ComparedEnvironments) {
  const { from, to, versions, schema, tables, configuration, flags, readiness, forecast } = comparison;
  return {
    application: from.application,
    at: to.at,
    from: { environment: from.environment, ...reportJson(from) },
    to: { environment: to.environment, ...reportJson(to) },
    versions: versions.map(({ service, from: one, to: other, isSame }) => ({
      service,
      from: { release: one.release ?? null, digest: one.digest ?? null },
      to: { release: other.release ?? null, digest: other.digest ?? null },
      isSame: isSame ?? null,
    })),
    schema: part(schema, ({ object, from: here, to: there }) => ({ object, from: here ?? null, to: there ?? null })),
    tables: part(tables, ({ table, from: here, to: there, isSame }) => ({
      table,
      from: here,
      to: there,
      isSame: isSame ?? null,
    })),
    configuration: whole(configuration, ({ differing, same }) => ({
      entries: differing.map(({ subject, before, after }) => ({
        setting: subject,
        from: before ?? null,
        to: after ?? null,
      })),
      same: same.map(({ subject, value }) => ({ setting: subject, value })),
    })),
    flags: whole(flags, ({ differing, same }) => ({
      entries: differing.map(({ key, from: here, to: there }) => ({ key, from: here ?? null, to: there ?? null })),
      same,
    })),
    readiness: readiness === undefined ? null : readinessJson(readiness),
    forecast: forecast === undefined ? null : forecastJson(forecast),
  };
}

function forecastJson(forecast: PromotionForecast) {
  switch (forecast.kind) {
    case 'planned':
      return { kind: forecast.kind, release: forecast.release, plan: planJson(forecast.plan) };
    case 'unknown':
      return { kind: forecast.kind, release: forecast.release, why: forecast.why };
  }
}

function part<Value, Shown>(compared: Compared<readonly Value[]>, show: (value: Value) => Shown) {
  return whole(compared, (values) => ({ entries: values.map(show) }));
}

function whole<Value, Shown extends object>(compared: Compared<Value>, show: (value: Value) => Shown) {
  switch (compared.kind) {
    case 'compared':
      return { kind: compared.kind, ...show(compared.value) };
    case 'unknown':
      return { kind: compared.kind, why: compared.why };
    case 'none':
      return { kind: compared.kind };
  }
}

function readinessJson({ score, verdict, readyPercent, cautionPercent, isDemanded, checks }: Readiness) {
  return {
    score: score ?? null,
    verdict,
    readyPercent,
    cautionPercent,
    isDemanded,
    checks: checks.map(({ part: of, name, weight, isPassed, detail }) => ({
      part: of,
      name,
      weight,
      isPassed: isPassed ?? null,
      detail,
    })),
  };
}
