import { z } from 'zod';
import type { ServiceObservation } from '../metrics/metrics-source.ts';
import { defineGate } from './gate.ts';
import { environmentOf, readLevels } from './read-levels.ts';
import { formatDuration } from '../wording/format-duration.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';
import { counted } from '../wording/counted.ts';

/** Looks are some seconds apart; a longer time without one is a time that nobody knows about. */
const toleratedGapSeconds = 15;

/** The present deployment has run for a while without trouble, and somebody watched it all the time. */
export const stabilityGate = defineGate({
  name: 'stability',
  configSchema: z.object({
    forSeconds: z.number().positive(),
    maximumRestarts: z.number(),
    environment: z.enum(['source', 'target']),
  }),
  async evaluate(context) {
    const { config, application, release, now } = context;
    const { forSeconds, maximumRestarts } = config;
    const environment = environmentOf(context, config.environment);
    const [running] = await context.queries.deployedReleases(application, environment.name);
    if (running === undefined) return { kind: 'missing', detail: `nothing runs in ${environment.name}` };
    if (config.environment === 'source' && running.release.id !== release.id) {
      const detail = `${environment.name} runs ${running.release.name} now, which says nothing about ${release.name}`;
      return { kind: 'missing', detail };
    }
    const ranSeconds = (now.getTime() - running.deployedAt.getTime()) / 1000;
    if (!(ranSeconds >= forSeconds)) {
      const detail = `${running.release.name} has run in ${environment.name} for ${formatDuration(ranSeconds * 1000, 'down')}, asked are ${describeSeconds(forSeconds)}`;
      return { kind: 'fail', detail, evidence: [] };
    }
    const read = await readLevels(context, environment, new Date(now.getTime() - forSeconds * 1000));
    if (!read.found) return { kind: 'missing', detail: `stability unknown: ${read.why}` };
    const critical = environment.services.filter(({ isCritical }) => isCritical);
    if (critical.length === 0)
      return { kind: 'missing', detail: `${environment.name} has no critical service to watch` };
    const troubles: string[] = [];
    for (const { name } of critical) {
      const observation = read.observation.services.find(({ service }) => service === name);
      const unwatched = whyUnwatched(name, observation, forSeconds);
      if (unwatched !== undefined) return { kind: 'missing', detail: unwatched };
      if (observation !== undefined) troubles.push(...troublesOf(observation, maximumRestarts));
    }
    return troubles.length > 0
      ? { kind: 'fail', detail: `${environment.name} is not stable: ${troubles.join(', ')}`, evidence: [] }
      : { kind: 'pass', detail: `${environment.name} stable for ${describeSeconds(forSeconds)}`, evidence: [] };
  },
});

function whyUnwatched(
  service: string,
  observation: ServiceObservation | undefined,
  forSeconds: number,
): string | undefined {
  const { watchedSeconds = 0, longestGapSeconds = forSeconds } = observation ?? {};
  if (longestGapSeconds <= toleratedGapSeconds && watchedSeconds * 2 >= forSeconds) return undefined;
  return `nobody watched ${service} for ${formatDuration(longestGapSeconds * 1000)} of the last ${describeSeconds(forSeconds)}`;
}

function troublesOf(observation: ServiceObservation, maximumRestarts: number): readonly string[] {
  const { service, restarts, watchedSeconds, readySeconds } = observation;
  const awaySeconds = watchedSeconds - readySeconds;
  return [
    ...(restarts <= maximumRestarts ? [] : [`${service} was restarted ${counted(restarts, 'time')}`]),
    ...(awaySeconds <= 1e-9 ? [] : [`${service} was not ready for ${formatDuration(awaySeconds * 1000)}`]),
  ];
}
