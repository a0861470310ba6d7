import type { Rules } from '../../engine/rules/schema.ts';
import type { EnvironmentState } from '../../engine/store/service-store.ts';
import { lookAtServices } from '../../engine/verification/look-at-services.ts';
import { environmentTarget } from '../../engine/workflow/compile-target.ts';
import type { Ports } from '../../engine/workflow/ports.ts';
import type { DoctorFinding } from '../session.ts';

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
    const { looks } = await lookAtServices(ports, target, AbortSignal.timeout(lookTimeoutMs));
    const sick = looks.filter(({ isHealthy }) => !isHealthy);
    if (sick.length === 0) {
      const slowest = Math.round(Math.max(0, ...looks.map(({ responseTimeMs }) => responseTimeMs)));
      const healthy = `${String(looks.length)} ${looks.length === 1 ? 'service' : 'services'} healthy`;
      return { subject, level: 'ok', detail: `${healthy}, slowest ${String(slowest)} ms` };
    }
    return {
      subject,
      level: sick.some(({ isCritical }) => isCritical) ? 'fail' : 'warn',
      detail: sick.map(({ service, message }) => `${service}: ${message ?? 'not healthy'}`).join('; '),
      remedy: remedyFor(state),
    };
  } catch (error) {
    const detail = `its services cannot be looked at: ${error instanceof Error ? error.message : String(error)}`;
    return { subject, level: 'fail', detail, remedy: remedyFor(state) };
  }
}

/** First whether anything is looked after, then back to what ran before. */
function remedyFor({ application, name, promotionId }: EnvironmentState): string {
  const restart = 'npm start starts what is not running';
  if (promotionId === undefined) return restart;
  return `${restart}; promote logs ${promotionId} says how it came there; promote rollback ${application} --env ${name} takes it back`;
}
