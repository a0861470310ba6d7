import { DatabaseFunctionAwayError } from '../database/database-function-error.ts';
import type { DatabaseHealth } from '../database/database-function.ts';
import type { DeploymentStatus } from '../deployment/deployment-target.ts';
import type { Alert, ServiceObservation } from '../metrics/metrics-source.ts';
import type { EnvironmentTarget } from '../workflow/definition.ts';
import type { Ports } from '../workflow/ports.ts';
import { inspectService, type ServiceReport } from './inspect-service.ts';
import { causeText } from '../wording/cause-text.ts';

/** How long back errors, memory and processor are looked at: long enough to see some requests, short enough to be now. */
export const inspectedSeconds = 300;

export type DatabaseReport =
  | ({ readonly isReachable: true; readonly name: string } & DatabaseHealth)
  | {
      readonly isReachable: false;
      readonly name: string;
      readonly why: string;
      /** Whether it is the function in between that does not answer: nobody knows then how the database is. */
      readonly isFunctionAway: boolean;
    };

/** How an application does in an environment at one moment, found out there and not remembered. */
export interface EnvironmentReport {
  readonly application: string;
  readonly environment: string;
  readonly at: Date;
  readonly deployment:
    | {
        readonly isKnown: true;
        readonly phase: DeploymentStatus['phase'];
        readonly message: string | undefined;
        /** What was deployed last, by the name that it was deployed under; undefined: nothing ever was. */
        readonly release: string | undefined;
      }
    | { readonly isKnown: false; readonly why: string };
  readonly services: readonly ServiceReport[];
  /** Undefined: the application has none here. */
  readonly database: DatabaseReport | undefined;
  readonly alerts:
    { readonly isKnown: true; readonly open: readonly Alert[] } | { readonly isKnown: false; readonly why: string };
  readonly measuredSeconds: number;
}

export interface InspectionRequest {
  readonly application: string;
  readonly target: EnvironmentTarget;
  readonly at: Date;
  /** Why the deployment, and the metrics, of this environment cannot be read by this version; undefined: they can. */
  readonly notDriven: { readonly deployment: string | undefined; readonly metrics: string | undefined };
  /** The release with this image for the service. */
  releaseOf(service: string, digest: string): string | undefined;
}

export type InspectionPorts = Pick<Ports, 'deployment' | 'probe' | 'database' | 'metrics'>;

/** Looks at everything that an environment shows of itself; what cannot be found out says why. */
export async function inspectEnvironment(
  ports: InspectionPorts,
  request: InspectionRequest,
  signal: AbortSignal,
): Promise<EnvironmentReport> {
  const { application, target, at } = request;
  const [status, observations, database, alerts] = await Promise.all([
    statusOf(ports, request, signal),
    observe(ports, request, signal),
    inspectDatabase(ports, target.database, signal),
    openAlerts(ports, request, signal),
  ]);
  const services = await Promise.all(
    target.services.map((service) =>
      inspectService(
        ports,
        service,
        { at, status, observations, releaseOf: (...image) => request.releaseOf(...image) },
        signal,
      ),
    ),
  );
  return {
    application,
    environment: target.name,
    at,
    deployment:
      'why' in status
        ? { isKnown: false, why: status.why }
        : { isKnown: true, phase: status.phase, message: status.message, release: status.desired?.release },
    services,
    database,
    alerts,
    measuredSeconds: inspectedSeconds,
  };
}

/** Whether a database answers, and what it says of itself. */
export async function inspectDatabase(
  ports: Pick<Ports, 'database'>,
  name: string | undefined,
  signal: AbortSignal,
): Promise<DatabaseReport | undefined> {
  if (name === undefined) return undefined;
  try {
    return { isReachable: true, name, ...(await ports.database.health(name, signal)) };
  } catch (error) {
    const isFunctionAway = error instanceof DatabaseFunctionAwayError;
    return { isReachable: false, name, why: whyOf(error, signal), isFunctionAway };
  }
}

async function statusOf(
  ports: InspectionPorts,
  { application, target, notDriven }: InspectionRequest,
  signal: AbortSignal,
): Promise<DeploymentStatus | { readonly why: string }> {
  if (notDriven.deployment !== undefined) return { why: notDriven.deployment };
  try {
    const status = await ports.deployment.status(target.name, signal);
    const other = status.desired?.application;
    if (other === undefined || other === application) return status;
    return { why: `${target.name} runs ${other}, not ${application}` };
  } catch (error) {
    return { why: whyOf(error, signal) };
  }
}

async function observe(
  ports: InspectionPorts,
  { target, at, notDriven }: InspectionRequest,
  signal: AbortSignal,
): Promise<readonly ServiceObservation[] | { readonly why: string }> {
  if (notDriven.metrics !== undefined) return { why: notDriven.metrics };
  try {
    const span = { from: new Date(at.getTime() - inspectedSeconds * 1000), to: at };
    return (await ports.metrics.observe(target.name, span, signal)).services;
  } catch (error) {
    return { why: whyOf(error, signal) };
  }
}

async function openAlerts(
  ports: InspectionPorts,
  { target, notDriven }: InspectionRequest,
  signal: AbortSignal,
): Promise<EnvironmentReport['alerts']> {
  if (notDriven.metrics !== undefined) return { isKnown: false, why: notDriven.metrics };
  try {
    const { evaluatedAt, alerts } = await ports.metrics.openAlerts(target.name, signal);
    if (evaluatedAt !== undefined) return { isKnown: true, open: alerts };
    return { isKnown: false, why: `nobody has looked yet whether ${target.name} gives reason for one` };
  } catch (error) {
    return { isKnown: false, why: whyOf(error, signal) };
  }
}

function whyOf(error: unknown, signal: AbortSignal): string {
  signal.throwIfAborted();
  return causeText(error);
}
