import { serviceAddress } from '../deployment/service-address.ts';
import type { DeploymentStatus } from '../deployment/deployment-target.ts';
import type { ServiceObservation } from '../metrics/metrics-source.ts';
import type { Measure } from '../metrics/service-levels.ts';
import type { ServiceTarget } from '../workflow/definition.ts';
import type { Ports } from '../workflow/ports.ts';
import { formatDuration } from '../wording/format-duration.ts';
import { causeText } from '../wording/cause-text.ts';

/** How one service of an environment does. What could not be found out says why, and is never 0. */
export interface ServiceReport {
  readonly service: string;
  readonly kind: ServiceTarget['kind'];
  readonly isCritical: boolean;
  /** The image that serves requests; undefined: none does, or that is not known. */
  readonly digest: string | undefined;
  /** The release that this image belongs to: the one recorded there, else the newest; undefined: none that is known. */
  readonly release: string | undefined;
  readonly url: string | undefined;
  readonly health: 'healthy' | 'sick' | 'unknown';
  /** In the service's own words; undefined when it is healthy. */
  readonly trouble: string | undefined;
  /** Of the health check, just now. */
  readonly responseTimeMs: Measure;
  /** Requests of users in the span that was looked at. */
  readonly requests: Measure;
  /** Of those, in percent. */
  readonly errorRatePercent: Measure;
  readonly p95Ms: Measure;
  readonly memoryBytes: Measure;
  /** Of one processor. */
  readonly cpuPercent: Measure;
  /** Since the deployment. */
  readonly restarts: Measure;
}

/** Memory and processor that were seen longer ago than this are not those of now: nobody is measuring any more. */
const freshForSeconds = 60;

/** What is known before a service is looked at. */
export interface ServiceSurroundings {
  readonly at: Date;
  /** Why nothing can be known of the deployment; undefined: it answered. */
  readonly status: DeploymentStatus | { readonly why: string };
  /** What was measured of each service in the span; or why that is not known. */
  readonly observations: readonly ServiceObservation[] | { readonly why: string };
  releaseOf(service: string, digest: string): string | undefined;
}

/** Looks at a service as its users reach it, and at what was measured of it. */
export async function inspectService(
  ports: Pick<Ports, 'probe'>,
  service: ServiceTarget,
  surroundings: ServiceSurroundings,
  signal: AbortSignal,
): Promise<ServiceReport> {
  const { name, kind, isCritical } = service;
  const { status } = surroundings;
  const running = 'why' in status ? undefined : status.services.find((each) => each.name === name);
  const whyUnknown = 'why' in status ? status.why : `the deployment reports no service called ${name}`;
  const digest = running?.digest;
  return {
    service: name,
    kind,
    isCritical,
    digest,
    release: digest === undefined ? undefined : surroundings.releaseOf(name, digest),
    url: running?.url,
    ...(await lookAt(ports, service, status, signal)),
    ...measuredOf(name, surroundings),
    restarts: running === undefined ? unknown(whyUnknown) : known(running.restarts),
  };
}

type Look = Pick<ServiceReport, 'health' | 'trouble' | 'responseTimeMs'>;

async function lookAt(
  ports: Pick<Ports, 'probe'>,
  { name, healthUrl, healthCheckTimeoutSeconds }: ServiceTarget,
  status: ServiceSurroundings['status'],
  signal: AbortSignal,
): Promise<Look> {
  if ('why' in status) return unseen(status.why);
  let url: string;
  try {
    url = serviceAddress(status, name, healthUrl);
  } catch (error) {
    return unseen(causeText(error));
  }
  const result = await ports.probe.probe(url, healthCheckTimeoutSeconds, signal);
  const said = result.message ?? `HTTP ${String(result.status)}`;
  return {
    health: result.isHealthy ? 'healthy' : 'sick',
    trouble: result.isHealthy ? undefined : said,
    // Whoever did not answer took no time to answer.
    responseTimeMs: result.status === undefined ? unknown(said) : known(result.responseTimeMs),
  };
}

function unseen(why: string): Look {
  return { health: 'unknown', trouble: why, responseTimeMs: unknown(why) };
}

type Measured = Pick<ServiceReport, 'requests' | 'errorRatePercent' | 'p95Ms' | 'memoryBytes' | 'cpuPercent'>;

function measuredOf(service: string, { observations, at }: ServiceSurroundings): Measured {
  const found = 'why' in observations ? undefined : observations.find((each) => each.service === service);
  if (found === undefined) {
    const why = 'why' in observations ? observations.why : `nothing was measured of ${service} in this time`;
    const nothing = unknown(why);
    return { requests: nothing, errorRatePercent: nothing, p95Ms: nothing, memoryBytes: nothing, cpuPercent: nothing };
  }
  const stale = staleness(found, at);
  const whyNot = stale ?? `no process of ${service} could be looked at`;
  return {
    ...trafficOf(found),
    memoryBytes: orUnknown(stale === undefined ? found.residentBytes : undefined, whyNot),
    cpuPercent: orUnknown(stale === undefined ? found.cpuPercent : undefined, whyNot),
  };
}

function staleness({ service, lastSeenAt }: ServiceObservation, at: Date): string | undefined {
  if (lastSeenAt === undefined) return `${service} was never looked at`;
  const seconds = (at.getTime() - lastSeenAt.getTime()) / 1000;
  return seconds > freshForSeconds ? `${service} was last looked at ${formatDuration(seconds * 1000)} ago` : undefined;
}

function trafficOf(found: ServiceObservation): Pick<Measured, 'requests' | 'errorRatePercent' | 'p95Ms'> {
  const { service, requests, failed, p95Ms } = found;
  if (!(found.countedSeconds > 0)) {
    const why = unknown(`the metrics of ${service} could not be read`);
    return { requests: why, errorRatePercent: why, p95Ms: why };
  }
  const none = `nobody asked ${service} for anything in this time`;
  return {
    requests: known(requests),
    errorRatePercent: requests === 0 ? unknown(none) : known((failed * 100) / requests),
    p95Ms:
      p95Ms === undefined ? unknown(requests === 0 ? none : `the answers of ${service} were not timed`) : known(p95Ms),
  };
}

function orUnknown(value: number | undefined, why: string): Measure {
  return value === undefined ? unknown(why) : known(value);
}

function known(value: number): Measure {
  return Number.isFinite(value) ? { isKnown: true, value } : unknown(`${String(value)} is no measurement`);
}

function unknown(why: string): Measure {
  return { isKnown: false, why };
}
