import type { Alert } from '../metrics-source.ts';
import { fewestRequestsToJudge } from '../service-levels.ts';
import type { ServiceObjectives } from '../service-objectives.ts';
import { observeSamples } from './observe-samples.ts';
import { endOf, type Sample } from './sample.ts';
import { formatDuration } from '../../wording/format-duration.ts';

/** What of an environment there can be an alert about. */
export interface AlertRules {
  /** Services that must be there. */
  readonly criticalServices: readonly string[];
  /** What is promised; without a promise it cannot be broken. */
  readonly objectives: ServiceObjectives | undefined;
}

/** A critical service may be away this long, as when it is started again, before somebody is woken. */
const downAfterSeconds = 15;
/** Trouble is looked for over the long window, and must go on in the short one. */
const longWindowSeconds = 300;
const shortWindowSeconds = 60;
/** At this rate two per cent of a month's budget is gone within an hour: the usual threshold for waking somebody. */
const fastBurn = 14.4;
/** However little was promised, this many failing is critical. */
const alwaysCriticalPercent = 50;

/** How far back samples are needed to judge. */
export const alertWindowSeconds = longWindowSeconds;

/** The alerts that there is reason for now; one that was open keeps its beginning, and one that got worse is another. */
export function judgeAlerts(
  samples: ReadonlyMap<string, readonly Sample[]>,
  rules: AlertRules,
  open: readonly Alert[],
  now: Date,
): readonly Alert[] {
  const found = [
    ...rules.criticalServices.flatMap((service) => downAlert(service, samples.get(service) ?? [])),
    ...[...samples].flatMap(([service, ofService]) => objectiveAlerts(service, ofService, rules.objectives, now)),
  ];
  return found.map((alert) => ({ ...alert, since: open.find(({ id }) => id === alert.id)?.since ?? now }));
}

type Reason = Omit<Alert, 'since'>;

function downAlert(service: string, samples: readonly Sample[]): readonly Reason[] {
  const newestFirst = samples.toSorted((left, right) => endOf(right) - endOf(left));
  const lastReady = newestFirst.findIndex(({ readySeconds }) => readySeconds > 0);
  const down = lastReady === -1 ? newestFirst : newestFirst.slice(0, lastReady);
  const seconds = down.reduce((total, sample) => total + sample.watchedSeconds, 0);
  if (seconds < downAfterSeconds) return [];
  const detail = `${service} has not been ready for ${formatDuration(seconds * 1000)}`;
  return [{ id: `${service}/down`, severity: 'critical', subject: service, detail }];
}

function objectiveAlerts(
  service: string,
  samples: readonly Sample[],
  objectives: ServiceObjectives | undefined,
  now: Date,
): readonly Reason[] {
  const over = (seconds: number) =>
    observeSamples(service, samples, { from: new Date(now.getTime() - seconds * 1000), to: now });
  const [long, short] = [over(longWindowSeconds), over(shortWindowSeconds)];
  if (objectives === undefined || long === undefined || long.requests < fewestRequestsToJudge) return [];
  const reasons: Reason[] = [];
  const { errorRatePercent, p95Ms } = objectives;
  const longPercent = (long.failed * 100) / long.requests;
  const shortPercent = short === undefined || short.requests === 0 ? 0 : (short.failed * 100) / short.requests;
  if (errorRatePercent !== undefined && longPercent > errorRatePercent && shortPercent > errorRatePercent) {
    const critical = Math.min(errorRatePercent * fastBurn, alwaysCriticalPercent);
    const severity = longPercent > critical && shortPercent > critical ? 'critical' : 'warning';
    const detail = `${service} fails ${longPercent.toFixed(2)} % of its requests, allowed are ${String(errorRatePercent)} %`;
    reasons.push({ id: `${service}/errors-${severity}`, severity, subject: service, detail });
  }
  if (p95Ms !== undefined && long.p95Ms !== undefined && long.p95Ms > p95Ms) {
    const detail = `${service} takes ${String(Math.round(long.p95Ms))} ms (p95), allowed are ${String(p95Ms)} ms`;
    reasons.push({ id: `${service}/slow`, severity: 'warning', subject: service, detail });
  }
  return reasons;
}
