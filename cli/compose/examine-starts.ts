import { environmentTarget } from '../../engine/workflow/compile-target.ts';
import type { DoctorFinding } from '../session.ts';
import { lookTimeoutMs, reasonOf, runningPlaces, type DoctorWorld } from './doctor-world.ts';
import { formatDuration } from '../../engine/wording/format-duration.ts';
import { describeSeconds } from '../../engine/contract/describe-seconds.ts';

/** A start that takes more than this share of what it may is one bad day away from failing. */
const slowShare = 0.5;

/** Whether services start: what is deployed came up, and in good time. */
export async function* examineStarts(world: DoctorWorld): AsyncIterable<DoctorFinding> {
  for (const { application, name, promotionId } of await runningPlaces(world)) {
    const subject = `start · ${name}`;
    const logs = `promote status ${application} --env ${name} --log keeps what its services wrote last`;
    try {
      const { phase, message, services } = await world.ports.deployment.status(
        name,
        AbortSignal.timeout(lookTimeoutMs),
      );
      const down = services.filter(({ isReady }) => !isReady);
      if (phase === 'failed' || down.length > 0) {
        const who = down.map((each) => `${each.name} (started again ${String(each.restarts)} times)`).join(', ');
        yield {
          subject,
          level: 'fail',
          detail: `the deployment is ${phase}${message === undefined ? '' : `: ${message}`}${who === '' ? '' : `; not ready: ${who}`}`,
          remedy: logs,
        };
        continue;
      }
    } catch (error) {
      yield { subject, level: 'fail', detail: reasonOf(error), remedy: 'npm start starts what is not running' };
      continue;
    }
    yield (
      (await slowStart(world, application, name, promotionId)) ?? { subject, level: 'ok', detail: 'everything is up' }
    );
  }
}

async function slowStart(
  { store, rules }: DoctorWorld,
  application: string,
  environment: string,
  promotionId: string | undefined,
): Promise<DoctorFinding | undefined> {
  const promotion = promotionId === undefined ? undefined : await store.load(promotionId);
  const step = promotion?.steps.find(({ name }) => name === 'deploy');
  if (step?.startedAt === undefined || step.finishedAt === undefined) return undefined;
  const took = (step.finishedAt.getTime() - step.startedAt.getTime()) / 1000;
  const { services } = environmentTarget(rules, application, environment);
  const may = Math.min(...services.map(({ startupTimeoutSeconds }) => startupTimeoutSeconds));
  if (!(took > may * slowShare)) return undefined;
  return {
    subject: `start · ${environment}`,
    level: 'warn',
    detail: `its services took ${formatDuration(took * 1000)} to start, and may take ${describeSeconds(may)}`,
    remedy: `find out what takes so long, or raise startupTimeoutSeconds in the rules; for one promotion: MAX_STARTUP_WAIT=${String(Math.ceil(took * 2))} promote run ${application} --to ${environment}`,
  };
}
