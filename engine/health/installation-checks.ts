import { counted } from '../wording/counted.ts';
import { inspectEnvironment } from '../inspection/inspect-environment.ts';
import { environmentTrouble } from '../inspection/environment-trouble.ts';
import { knownEnvironment } from '../service/known-names.ts';
import { inspectionOf } from '../service/inspect.ts';
import type { ServiceContext } from '../service/service-context.ts';
import type { HealthCheck } from './health-check.ts';

/** A run that was lost is taken over within a minute; what nobody took over by then, nobody will. */
const abandonedSeconds = 300;
const batchSize = 200;

/**
 * What an installation's health is: its memory answers, what it tells gets through, no promotion is left alone, and what it
 * deployed and found good is still well.
 * @param only the environments to look at, by name or alias, as a pair's health check names its two. Left out: all of them.
 */
export async function installationChecks(
  context: ServiceContext,
  only?: readonly string[],
): Promise<readonly HealthCheck[]> {
  const named = only === undefined ? undefined : await Promise.all(only.map((name) => knownEnvironment(context, name)));
  return [
    rulesAreReadable(context),
    newsGetsThrough(context),
    nothingIsAbandoned(context),
    ...(await environments(context, named)),
  ];
}

function rulesAreReadable({ rules }: ServiceContext): HealthCheck {
  return { name: 'rules', look: async () => counted((await rules.current()).paths.length, 'path') };
}

function newsGetsThrough({ store }: ServiceContext): HealthCheck {
  return {
    name: 'notifications',
    async look() {
      const failing = await store.deliveries.failing();
      if (failing.length === 0) return 'every channel took what it was sent';
      const words = failing.map(({ channel, count, error }) => `${channel} (${String(count)}): ${error}`);
      throw new Error(`channels that take nothing: ${words.join('; ')}`);
    },
  };
}

function nothingIsAbandoned({ store }: ServiceContext): HealthCheck {
  return {
    name: 'promotions',
    async look() {
      const active = await store.listPromotions({ isActive: true, limit: batchSize });
      const left = active.filter(({ goneRun }) => (goneRun?.takeOverInSeconds ?? 0) < -abandonedSeconds);
      if (left.length === 0) return `${String(active.length)} on their way`;
      throw new Error(
        `nobody runs ${left.map(({ id }) => id).join(', ')}; is the tick called, and does the runner start?`,
      );
    },
  };
}

/** Every place of the rules in which a release runs that was found good. */
async function environments(
  context: ServiceContext,
  only: readonly string[] | undefined,
): Promise<readonly HealthCheck[]> {
  const known = await context.store.environments();
  return (
    known
      .filter(({ name }) => only?.includes(name) !== false)
      // Where a promotion is under way, its own verification looks.
      .filter(({ verifiedAt, slotHeldBy }) => verifiedAt !== undefined && slotHeldBy === undefined)
      .map(({ application, name }) => ({
        name: `${application} in ${name}`,
        async look(signal) {
          const request = await inspectionOf(context, await context.rules.current(), application, name);
          const trouble = environmentTrouble(await inspectEnvironment(context.ports, request, signal), request);
          if (trouble.length > 0) throw new Error(trouble.join('; '));
          return 'well';
        },
      }))
  );
}
