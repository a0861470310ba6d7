import type { DeploymentTarget } from '../deployment/deployment-target.ts';
import { findMissingNeeds, type NeedsPorts } from '../needs/find-missing-needs.ts';
import type { Release } from '../release.ts';
import type { EnvironmentTarget, ServiceTarget } from '../workflow/definition.ts';
import type { Ports } from '../workflow/ports.ts';
import { lookAtServices, type ServiceLook } from './look-at-services.ts';
import { slowestAnswerMs } from './slowest-answer.ts';
import { causeText } from '../wording/cause-text.ts';

/** What the score is made of, in the order in which it is shown. docs/environments.md says what each looks at. */
export const readinessParts = ['services', 'response times', 'deployments', 'schema', 'needs'] as const;
export type ReadinessPart = (typeof readinessParts)[number];

/** One thing that should be so before a release moves on. */
export interface ReadinessCheck {
  readonly part: ReadinessPart;
  readonly name: string;
  /** How much it counts beside the others; more than 0. */
  readonly weight: number;
  /** Undefined: it could not be found out, which counts as not passed. */
  readonly isPassed: boolean | undefined;
  readonly detail: string;
}

/** Both ends of a path, and what moves along it. */
export interface ReadinessSubject {
  readonly source: EnvironmentTarget;
  readonly target: EnvironmentTarget;
  /** Undefined: what runs in the source is not known. */
  readonly release: Release | undefined;
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

/** `ready`, `caution`: with an acknowledgement, `not-ready`: a score that there is not is none. Bounds are inclusive. */
export type ReadinessVerdict = 'ready' | 'caution' | 'not-ready';

/** @param score unrounded, in percent. */
export function judgeReadiness(
  score: number | undefined,
  { readyPercent, cautionPercent }: { readonly readyPercent: number; readonly cautionPercent: number },
): ReadinessVerdict {
  if (score === undefined || !(score >= cautionPercent)) return 'not-ready';
  return score >= readyPercent ? 'ready' : 'caution';
}

export type ReadinessPorts = NeedsPorts &
  Pick<Ports, 'probe'> & { readonly deployment: Pick<DeploymentTarget, 'status'> };

/** Looks at both ends of a path: what runs in the source is well, and the target can take what comes from there. */
export async function readinessChecks(
  ports: ReadinessPorts,
  subject: ReadinessSubject,
  signal: AbortSignal,
): Promise<readonly ReadinessCheck[]> {
  const { source, target } = subject;
  return [
    ...(await serviceChecks(ports, source, signal)),
    await deploymentCheck(ports, source, signal),
    await deploymentCheck(ports, target, signal),
    ...(await databaseChecks(ports, source, target, signal)),
    ...(await needsChecks(ports, subject, signal)),
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
  return source.services.flatMap((service) => {
    const look = looks.find((each) => each.service === service.name);
    return checksOf(service, source.name, look, unknown);
  });
}

function checksOf(
  service: ServiceTarget,
  environment: string,
  look: ServiceLook | undefined,
  unknown: string,
): readonly ReadinessCheck[] {
  const { name, isCritical } = service;
  const most = slowestAnswerMs(service);
  const healthy = { part: 'services', name: `${name} healthy in ${environment}`, weight: isCritical ? 3 : 1 } as const;
  const quick = {
    part: 'response times',
    name: `${name} answers in ${environment} within ${String(most)} ms`,
    weight: 1,
  } as const;
  if (look === undefined) {
    return [healthy, quick].map((check) => ({ ...check, isPassed: undefined, detail: unknown }));
  }
  // Whoever refuses the connection at once has not answered quickly.
  const took = look.hasAnswered ? `${String(Math.round(look.responseTimeMs))} ms` : (look.message ?? 'no answer');
  return [
    { ...healthy, isPassed: look.isHealthy, detail: look.message ?? 'healthy' },
    { ...quick, isPassed: look.hasAnswered && look.responseTimeMs <= most, detail: took },
  ];
}

async function deploymentCheck(
  ports: ReadinessPorts,
  environment: EnvironmentTarget,
  signal: AbortSignal,
): Promise<ReadinessCheck> {
  const check = { part: 'deployments', name: `nothing is being deployed to ${environment.name}`, weight: 1 } as const;
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
  const check = {
    part: 'schema',
    name: `the schema of ${target.name} is one that ${source.name} had`,
    weight: 2,
  } as const;
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

/** A release that says nothing of what it needs is neither better nor worse off for it. */
async function needsChecks(
  ports: ReadinessPorts,
  { source, target, release }: ReadinessSubject,
  signal: AbortSignal,
): Promise<readonly ReadinessCheck[]> {
  const name = `${target.name} has the configuration, secrets, flags and extensions that are needed`;
  const check = { part: 'needs', name, weight: 2 } as const;
  if (release === undefined) {
    return [{ ...check, isPassed: undefined, detail: `which release runs in ${source.name} is not known` }];
  }
  if (release.content.needs === undefined) return [];
  try {
    const missing = await findMissingNeeds({ release, definition: { target }, ports, signal });
    return [{ ...check, isPassed: missing.length === 0, detail: missing.join(', ') || 'everything is there' }];
  } catch (error) {
    return [{ ...check, isPassed: undefined, detail: unlessAborted(error, signal) }];
  }
}

/** What cannot be found out is a check that did not pass; a lost lease ends the look. */
function unlessAborted(error: unknown, signal: AbortSignal): string {
  signal.throwIfAborted();
  return causeText(error);
}
