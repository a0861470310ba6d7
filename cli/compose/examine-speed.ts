import { lookAtServices, type ServiceLook } from '../../engine/verification/look-at-services.ts';
import { environmentTarget } from '../../engine/workflow/compile-target.ts';
import type { DoctorFinding } from '../session.ts';
import { lookTimeoutMs, reasonOf, runningPlaces, type DoctorWorld } from './doctor-world.ts';

/** Slower than this many times what it is elsewhere, and by more than what one look may differ. */
const slowerTimes = 3;
const slowerByMs = 100;
const looks = 3;

/** Whether an environment is slower than the one that its releases come from. */
export async function* examineSpeed(world: DoctorWorld): AsyncIterable<DoctorFinding> {
  const places = await runningPlaces(world);
  for (const { from, to } of world.rules.paths) {
    for (const { application } of places.filter(({ name }) => name === to)) {
      if (!places.some((each) => each.application === application && each.name === from)) continue;
      yield await compareSpeed(world, application, from, to);
    }
  }
}

async function compareSpeed(world: DoctorWorld, application: string, from: string, to: string): Promise<DoctorFinding> {
  const subject = `speed · ${to}`;
  try {
    const [source, target] = [await quickest(world, application, from), await quickest(world, application, to)];
    const silent = [
      ...source.silent.map((service) => `${service} in ${from}`),
      ...target.silent.map((service) => `${service} in ${to}`),
    ];
    if (silent.length > 0) {
      const remedy = `promote status ${application} --env ${to} and promote status ${application} --env ${from} say what is wrong there`;
      return { subject, level: 'warn', detail: `could not be measured: no answer from ${silent.join(', ')}`, remedy };
    }
    const slower = [...target.best].flatMap(([service, there]) => {
      const here = source.best.get(service);
      const isSlower = here !== undefined && there > here * slowerTimes && there > here + slowerByMs;
      return isSlower
        ? [`${service} answers in ${String(Math.round(there))} ms, in ${from} in ${String(Math.round(here))} ms`]
        : [];
    });
    if (slower.length === 0) return { subject, level: 'ok', detail: `not slower than ${from}` };
    const remedy = `look at what it is given and at its database: promote compare ${from} ${to} ${application}`;
    return { subject, level: 'warn', detail: slower.join('; '), remedy };
  } catch (error) {
    const remedy = `promote status ${application} --env ${to} and promote status ${application} --env ${from} say which cannot be looked at`;
    return { subject, level: 'warn', detail: `could not be measured: ${reasonOf(error)}`, remedy };
  }
}

interface Speed {
  /** Milliseconds, by service. */
  readonly best: ReadonlyMap<string, number>;
  /** Services that never answered: nothing is known of them. */
  readonly silent: readonly string[];
}

/** The best of a few looks at each service: what else this machine does makes single ones slow. */
async function quickest({ rules, ports }: DoctorWorld, application: string, environment: string): Promise<Speed> {
  const target = environmentTarget(rules, application, environment);
  const best = new Map<string, number>();
  for (let look = 0; look < looks; look += 1) {
    const { looks: found } = await lookAtServices(ports, target, AbortSignal.timeout(lookTimeoutMs));
    for (const each of found.filter(({ hasAnswered }) => hasAnswered)) keepBest(best, each);
  }
  return { best, silent: target.services.map(({ name }) => name).filter((name) => !best.has(name)) };
}

function keepBest(best: Map<string, number>, { service, responseTimeMs }: ServiceLook): void {
  best.set(service, Math.min(best.get(service) ?? Infinity, responseTimeMs));
}
