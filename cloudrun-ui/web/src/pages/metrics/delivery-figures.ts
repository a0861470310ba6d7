import { counted } from '../../text/counted.ts';
import { formatRatio } from '../../text/ratio.ts';
import { formatDuration } from '../../time/format-duration.ts';
import type { Statistics } from './metrics-query.ts';

/** One figure that tells how a team delivers. */
export interface DeliveryFigure {
  readonly name: string;
  readonly value: string;
  /** How it is counted. */
  readonly means: string;
}

const dayMs = 86_400_000;

/**
 * The four of DORA, https://dora.dev/guides/dora-metrics-four-keys/, as this installation can know them; then how much
 * went well, and how long it took.
 */
export function deliveryFigures({ since, until, total, restorations }: Statistics): readonly DeliveryFigure[] {
  const days = Math.max(1, (new Date(until).getTime() - new Date(since).getTime()) / dayMs);
  const { succeeded } = total.outcomes;
  const tried = succeeded + total.outcomes['rolled-back'] + total.outcomes['rollback-failed'] + total.outcomes.failed;
  const bad = total.takenBackLater + total.outcomes['rolled-back'] + total.outcomes['rollback-failed'];
  return [
    {
      name: 'Deployments',
      value: frequency(succeeded, days),
      means: `${counted(succeeded, 'promotion')} that succeeded`,
    },
    {
      name: 'Lead time',
      value: seconds(total.leadTimeSeconds?.mean),
      means: 'from when a release was made until it ran in the target, on average',
    },
    {
      name: 'Change failure rate',
      value: tried === 0 ? '–' : formatRatio(Math.min(1, bad / tried)),
      means: `${bad.toLocaleString('en-GB')} taken back, at once or later, of ${tried.toLocaleString('en-GB')} that came to a verdict`,
    },
    {
      name: 'Time to restore',
      value: seconds(restorations.total.seconds?.mean),
      means: restoredText(restorations.total),
    },
    {
      name: 'Success rate',
      value: formatRatio(total.successRatio),
      means: 'went well and stayed, of those that came to a verdict',
    },
    {
      name: 'Time of a promotion',
      value: seconds(total.movingSeconds?.mean),
      means: `moving, without waiting for people; 95 of 100 take at most ${seconds(total.movingSeconds?.p95)}`,
    },
  ];
}

function restoredText({ needed, open }: Statistics['restorations']['total']): string {
  const what = 'from when something deployed was to be taken back until what runs there was verified';
  if (needed === 0) return `${what}; it was never needed`;
  return `${what}; needed ${counted(needed, 'time')}${open === 0 ? '' : `, ${String(open)} still open`}`;
}

/** By the day where there is one each day, else by the week, else in the whole time. */
function frequency(count: number, days: number): string {
  const aDay = count / days;
  if (aDay >= 1) return `${aDay < 10 ? aDay.toFixed(1) : Math.round(aDay).toLocaleString('en-GB')} a day`;
  if (aDay * 7 >= 1) return `${(aDay * 7).toFixed(1)} a week`;
  return `${String(count)} in ${formatDuration(days * dayMs)}`;
}

function seconds(value: number | undefined): string {
  return value === undefined ? '–' : formatDuration(value * 1000);
}
