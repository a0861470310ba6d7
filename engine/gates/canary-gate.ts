import { z } from 'zod';
import { defineGate } from './gate.ts';
import { readLevels } from './read-levels.ts';
import { formatDuration } from '../wording/format-duration.ts';
import { describeSeconds } from '../contract/describe-seconds.ts';

/** Looks have edges; a canary that was watched this much of its time was watched. */
const leastWatchedShare = 0.95;

/**
 * What the source of the path, an environment that gets a share of the users, measured while the release ran there: its
 * share of the requests of both environments, for how long, and how many went well. All inclusive. The other kind of
 * canary, a phase of the deployment itself, is the step `shift-canary`.
 */
export const canaryGate = defineGate({
  name: 'canary',
  configSchema: z.object({
    minimumTrafficPercent: z.number(),
    minimumDurationSeconds: z.number().positive(),
    minimumSuccessPercent: z.number(),
  }),
  async evaluate(context) {
    const { config, application, definition, release, now } = context;
    const { minimumTrafficPercent, minimumDurationSeconds, minimumSuccessPercent } = config;
    const { source, target } = definition;
    const [running] = await context.queries.deployedReleases(application, source.name);
    if (running?.release.id !== release.id) {
      const instead = running === undefined ? 'nothing runs there' : `it runs ${running.release.name}`;
      return { kind: 'fail', detail: `${release.name} does not run in ${source.name}: ${instead}`, evidence: [] };
    }
    const seconds = (now.getTime() - running.deployedAt.getTime()) / 1000;
    if (!(seconds >= minimumDurationSeconds)) {
      const detail = `canary ran for ${formatDuration(seconds * 1000, 'down')}, asked are ${describeSeconds(minimumDurationSeconds)}`;
      return { kind: 'fail', detail, evidence: [] };
    }
    const [canary, others] = [
      await readLevels(context, source, running.deployedAt),
      await readLevels(context, target, running.deployedAt),
    ];
    if (!canary.found) return { kind: 'missing', detail: `canary unknown: ${canary.why}` };
    if (!others.found) return { kind: 'missing', detail: `share of the canary unknown: ${others.why}` };
    const { errorRatePercent, requests, watchedSeconds } = canary.levels;
    if (!errorRatePercent.isKnown) return { kind: 'missing', detail: `canary unknown: ${errorRatePercent.why}` };
    if (!(watchedSeconds >= minimumDurationSeconds * leastWatchedShare)) {
      const detail = `canary was watched for ${formatDuration(watchedSeconds * 1000, 'down')}, asked are ${describeSeconds(minimumDurationSeconds)}`;
      return { kind: 'missing', detail };
    }
    const all = requests + others.levels.requests;
    const successPercent = Math.round((100 - errorRatePercent.value) * 1e9) / 1e9;
    const failures = [
      ...(requests * 100 >= minimumTrafficPercent * all
        ? []
        : [`${percent((requests * 100) / all)} of the requests, asked are ${percent(minimumTrafficPercent)}`]),
      ...(successPercent >= minimumSuccessPercent
        ? []
        : [`${percent(successPercent)} went well, asked are ${percent(minimumSuccessPercent)}`]),
    ];
    const share = `canary ${percent((requests * 100) / all)} for ${formatDuration(seconds * 1000, 'down')}, ${percent(successPercent)} well`;
    return failures.length > 0
      ? { kind: 'fail', detail: `canary: ${failures.join(', ')}`, evidence: [] }
      : { kind: 'pass', detail: share, evidence: [] };
  },
});

function percent(value: number): string {
  return `${String(Number(value.toPrecision(6)))} %`;
}
