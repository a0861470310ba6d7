import type { DatabaseReport, EnvironmentReport, Measure, ServiceReport } from '../../engine/promotion-service.ts';
import type { EnvironmentView } from '../environment-view.ts';
import { openItemJson } from './people-json.ts';
import { promotionJson } from './promotion-json.ts';
import { closureJson, environmentStateJson } from './status-json.ts';

/** What `status --env --json` shows: what an environment shows of itself, and what is remembered about it. */
export function environmentJson({ at, report, state, closures, openItems, running }: EnvironmentView) {
  return {
    at,
    application: report.application,
    environment: report.environment,
    state: state === undefined ? null : environmentStateJson(state),
    ...reportJson(report),
    closures: closures.map(closureJson),
    openItems: openItems.map(openItemJson),
    running: running.map(({ promotion, release }) => promotionJson(promotion, release)),
  };
}

/** What an environment shows of itself. What is not known is null, and `unknown` says why. */
export function reportJson({ deployment, services, database, alerts, measuredSeconds }: EnvironmentReport) {
  return {
    deployment: deployment.isKnown
      ? { phase: deployment.phase, message: deployment.message ?? null, release: deployment.release ?? null }
      : { phase: null, unknown: deployment.why },
    measuredSeconds,
    services: services.map(serviceJson),
    database: database === undefined ? null : databaseJson(database),
    alerts: alerts.isKnown
      ? alerts.open.map(({ id, severity, subject, detail, since }) => ({ id, severity, subject, detail, since }))
      : null,
    alertsUnknown: alerts.isKnown ? null : alerts.why,
  };
}

function serviceJson(service: ServiceReport) {
  const measures = {
    responseTimeMs: service.responseTimeMs,
    requests: service.requests,
    errorRatePercent: service.errorRatePercent,
    p95Ms: service.p95Ms,
    memoryBytes: service.memoryBytes,
    cpuPercent: service.cpuPercent,
    restarts: service.restarts,
  } as const;
  return {
    service: service.service,
    kind: service.kind,
    isCritical: service.isCritical,
    release: service.release ?? null,
    digest: service.digest ?? null,
    url: service.url ?? null,
    health: service.health,
    trouble: service.trouble ?? null,
    ...valuesOf(measures),
    unknown: reasonsOf(measures),
  };
}

function valuesOf<Name extends string>(measures: Readonly<Record<Name, Measure>>): Record<Name, number | null> {
  const entries = Object.entries<Measure>(measures);
  return Object.fromEntries(entries.map(([name, measure]) => [name, measure.isKnown ? measure.value : null])) as Record<
    Name,
    number | null
  >;
}

/** Why each measure that is null is. */
function reasonsOf(measures: Readonly<Record<string, Measure>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(measures).flatMap(([name, measure]) => (measure.isKnown ? [] : [[name, measure.why] as const])),
  );
}

function databaseJson(database: DatabaseReport) {
  if (!database.isReachable) return { name: database.name, isReachable: false as const, unknown: database.why };
  const { name, connectMs, queryMs, sizeBytes, schemaVersion, unfinished } = database;
  return { name, isReachable: true as const, connectMs, queryMs, sizeBytes, schemaVersion, unfinished };
}
