import type { DeploymentStatus } from '../../engine/deployment/deployment-target.ts';
import type { Rules } from '../../engine/rules/schema.ts';
import type { EnvironmentState } from '../../engine/store/service-store.ts';
import { lookAtServices } from '../../engine/verification/look-at-services.ts';
import { environmentTarget } from '../../engine/workflow/compile-target.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import type { DoctorFinding } from '../session.ts';
import { causeWithOriginal } from '../../engine/wording/cause-text.ts';

/** Longer than the slowest health check that rules usually allow; doctor goes on with the next environment then. */
const lookTimeoutMs = 15_000;

/** Looks at every service of every environment in which something runs, as its users reach it. */
export async function* examineServices(
  states: readonly EnvironmentState[],
  rules: Rules,
  ports: Pick<Ports, 'deployment' | 'probe'>,
): AsyncIterable<DoctorFinding> {
  for (const state of states) {
    if (state.release !== undefined) yield await examineEnvironment(state, rules, ports);
  }
}

async function examineEnvironment(
  state: EnvironmentState,
  rules: Rules,
  ports: Pick<Ports, 'deployment' | 'probe'>,
): Promise<DoctorFinding> {
  const { application, name } = state;
  const subject = `${application} · ${name}`;
  const isKnown =
    rules.applications.some((each) => each.name === application) &&
    rules.environments.some((each) => each.name === name);
  if (!isKnown) {
    const detail = `the rules name it no longer, so ${state.release?.name ?? 'what runs there'} cannot be looked at`;
    return { subject, level: 'warn', detail, remedy: 'put it back into the rules, or stop what still runs there' };
  }
  try {
    const target = environmentTarget(rules, application, name);
    const { looks, status } = await lookAtServices(ports, target, AbortSignal.timeout(lookTimeoutMs));
    const sick = looks.filter(({ isHealthy }) => !isHealthy);
    if (sick.length === 0 && state.release?.bad !== undefined) {
      const { name: bad, bad: why } = state.release;
      return {
        subject,
        level: 'warn',
        detail: `${bad} runs there and is marked bad: ${why.reason}`,
        remedy: `${wayBack(state)}; promote release mark-bad ${application} ${bad} --undo --reason "<why>" says that it is good after all`,
      };
    }
    if (sick.length === 0) {
      const slowest = Math.round(Math.max(0, ...looks.map(({ responseTimeMs }) => responseTimeMs)));
      const healthy = `${String(looks.length)} ${looks.length === 1 ? 'service' : 'services'} healthy`;
      return { subject, level: 'ok', detail: `${healthy}, slowest ${String(slowest)} ms` };
    }
    return {
      subject,
      level: sick.some(({ isCritical }) => isCritical) ? 'fail' : 'warn',
      detail: sick.map(({ service, message }) => `${service}: ${message ?? 'not healthy'}`).join('; '),
      remedy: remedyFor(
        state,
        status,
        sick.map(({ service }) => service),
      ),
    };
  } catch (error) {
    const status = await ports.deployment.status(name, AbortSignal.timeout(lookTimeoutMs)).catch(() => undefined);
    const said = status?.phase === 'failed' && status.message !== undefined ? `; ${status.message}` : '';
    const detail = `its services cannot be looked at: ${causeWithOriginal(error)}${said}`;
    return { subject, level: 'fail', detail, remedy: remedyFor(state, status, []) };
  }
}

/**
 * What helps: whoever took a port gives it back; what does not run is started; what runs and is not well is the release,
 * which no start mends.
 */
function remedyFor(state: EnvironmentState, status: DeploymentStatus | undefined, sick: readonly string[]): string {
  const { name, promotionId } = state;
  const back = wayBack(state);
  const port = takenPort(status);
  if (port !== undefined) {
    return `end the program that listens on port ${port}; local mode takes it within seconds, or npm start does`;
  }
  const doesRun = (service: string): boolean =>
    status?.services.some((each) => each.name === service && each.digest !== undefined) === true;
  if (sick.length > 0 && sick.every(doesRun)) {
    const look = `the release itself is not well: promote status ${state.application} --env ${name} --log keeps what its services write`;
    return `${look}; ${back}`;
  }
  const restart = 'npm start starts what is not running';
  return promotionId === undefined
    ? restart
    : `${restart}; promote logs ${promotionId} says how it came there; ${back}`;
}

/** What came by no promotion is replaced by whoever brought it. */
function wayBack({ application, name, promotionId }: EnvironmentState): string {
  return promotionId === undefined
    ? `bring a good release to ${name} as its own pipeline does (of the sample: promote local bring v2)`
    : `promote rollback ${application} --env ${name} takes it back`;
}

function takenPort(status: DeploymentStatus | undefined): string | undefined {
  const { phase, message = '' } = status ?? {};
  return phase === 'failed' ? /:(\d+) \(another program listens/.exec(message)?.[1] : undefined;
}
