import type { EnvironmentTarget } from '../workflow/definition.ts';
import type { Ports } from '../workflow/ports.ts';
import { lookAtServices, type ServiceLook } from './look-at-services.ts';

/** One thing that should be so before a release moves on. */
export interface ReadinessCheck {
  readonly name: string;
  /** How much it counts beside the others; more than 0. */
  readonly weight: number;
  /** Undefined: it could not be found out, which counts as not passed. */
  readonly isPassed: boolean | undefined;
  readonly detail: string;
}

/**
 * The share of the weight that passed, in percent and unrounded: 89.99 is not 90. Undefined without a check, or when a
 * weight is none.
 */
export function readinessScore(checks: readonly ReadinessCheck[]): number | undefined {
  const all = checks.reduce((sum, { weight }) => sum + weight, 0);
  if (!(all > 0 && Number.isFinite(all)) || checks.some(({ weight }) => !(weight > 0))) return undefined;
  const passed = checks.reduce((sum, { weight, isPassed }) => sum + (isPassed === true ? weight : 0), 0);
  return (passed * 100) / all;
}

type ReadinessPorts = Pick<Ports, 'deployment' | 'probe' | 'database'>;

/** Slowest first answers of the guides: frontends within five seconds, everything else within two. */
const slowestMs = { frontend: 5000, api: 2000, worker: 2000 } as const;

/** Looks at both ends of a path: what runs in the source is well, and the target can take what comes from there. */
export async function readinessChecks(
  ports: ReadinessPorts,
  source: EnvironmentTarget,
  target: EnvironmentTarget,
  signal: AbortSignal,
): Promise<readonly ReadinessCheck[]> {
  return [
    ...(await serviceChecks(ports, source, signal)),
    await deploymentCheck(ports, source, signal),
    await deploymentCheck(ports, target, signal),
    ...(await databaseChecks(ports, source, target, signal)),
  ];
}

async function serviceChecks(
  ports: ReadinessPorts,
  source: EnvironmentTarget,
  signal: AbortSignal,
): Promise<readonly ReadinessCheck[]> {
  let looks: readonly ServiceLook[] = [];
  let unknown = 'was not looked at';
  try {
    looks = (await lookAtServices(ports, source, signal)).looks;
  } catch (error) {
    unknown = unlessAborted(error, signal);
  }
  return source.services.flatMap(({ name, kind, isCritical }): readonly ReadinessCheck[] => {
    const look = looks.find(({ service }) => service === name);
    const weight = isCritical ? 3 : 1;
    const most = slowestMs[kind];
    return [
      {
        name: `${name} healthy in ${source.name}`,
        weight,
        isPassed: look?.isHealthy,
        detail: look === undefined ? unknown : (look.message ?? 'healthy'),
      },
      {
        name: `${name} answers in ${source.name} within ${String(most)} ms`,
        weight: 1,
        isPassed: look === undefined ? undefined : look.responseTimeMs <= most,
        detail: look === undefined ? unknown : `${String(Math.round(look.responseTimeMs))} ms`,
      },
    ];
  });
}

async function deploymentCheck(
  ports: ReadinessPorts,
  environment: EnvironmentTarget,
  signal: AbortSignal,
): Promise<ReadinessCheck> {
  const check = { name: `nothing is being deployed to ${environment.name}`, weight: 1 };
  try {
    const { phase, message } = await ports.deployment.status(environment.name, signal);
    const isPassed = phase === 'available' || phase === 'empty';
    return { ...check, isPassed, detail: message ?? `the deployment is ${phase}` };
  } catch (error) {
    return { ...check, isPassed: undefined, detail: unlessAborted(error, signal) };
  }
}

async function databaseChecks(
  ports: ReadinessPorts,
  source: EnvironmentTarget,
  target: EnvironmentTarget,
  signal: AbortSignal,
): Promise<readonly ReadinessCheck[]> {
  if (source.database === undefined || target.database === undefined) return [];
  const check = { name: `the schema of ${target.name} is one that ${source.name} had`, weight: 2 };
  try {
    const [from, to] = [
      await ports.database.state(source.database, signal),
      await ports.database.state(target.database, signal),
    ];
    const known = new Map(from.applied.map(({ version, checksum }) => [version, checksum]));
    const strange = to.applied.filter(({ version, checksum }) => known.get(version) !== checksum);
    const unfinished = [...from.unfinished, ...to.unfinished];
    const problems = [
      ...strange.map(({ version }) => `migration ${String(version)} is another one, or none, in ${source.name}`),
      ...unfinished.map((version) => `migration ${String(version)} was never finished`),
    ];
    return [{ ...check, isPassed: problems.length === 0, detail: problems.join(', ') || 'the same migrations' }];
  } catch (error) {
    return [{ ...check, isPassed: undefined, detail: unlessAborted(error, signal) }];
  }
}

/** What cannot be found out is a check that did not pass; a lost lease ends the look. */
function unlessAborted(error: unknown, signal: AbortSignal): string {
  signal.throwIfAborted();
  return error instanceof Error ? error.message : String(error);
}
