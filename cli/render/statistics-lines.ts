import {
  outcomeNames,
  successRatio,
  type PromotionStatistics,
  type Statistics,
  instantText,
} from '../../engine/promotion-service.ts';
import { counted } from '../../engine/wording/counted.ts';
import { formatDuration } from '../../engine/wording/format-duration.ts';
import { printable } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { table, type Cell } from './table.ts';

/** How promotions went, in numbers: all together, then by place, then the checks that failed. */
export function statisticsLines(statistics: Statistics, paint: Paint): readonly string[] {
  const { since, keptDays, total, places, validationFailures, restorations } = statistics;
  const kept = keptDays === undefined ? '' : ` (metrics are kept for ${String(keptDays)} d)`;
  const head = `Promotions asked for since ${instantText(since)}${kept}`;
  // What was asked for before may still have to be made well within the time that is counted.
  if (total.attempts === 0 && restorations.total.needed === 0) return [head, '  none'];
  return [
    head,
    ...table([...totalRows(total), restorationRow(restorations.total)], '  '),
    ...(places.length === 0 ? [] : ['']),
    ...table(
      places.length === 0
        ? []
        : [
            titles.map((text) => ({ text, paint: paint.dim })),
            ...places.map((place) => [
              `${printable(place.application)} → ${printable(place.environment)}`,
              ...placeCells(place),
            ]),
          ],
      '  ',
    ),
    ...(validationFailures.length === 0 ? [] : ['', 'Checks that failed']),
    ...table(
      validationFailures.map(({ application, environment, gate, count }) => [
        String(count),
        printable(gate),
        `${printable(application)} → ${printable(environment)}`,
      ]),
      '  ',
    ),
  ];
}

function totalRows(total: PromotionStatistics): readonly (readonly (string | Cell)[])[] {
  const { attempts, running, outcomes, requirementsNotMet, takenBackLater } = total;
  return [
    ['attempts', String(attempts), running === 0 ? '' : `${String(running)} on their way`],
    ...outcomeNames
      .filter((name) => outcomes[name] > 0 || name === 'succeeded' || name === 'failed')
      .map((name) => [name, String(outcomes[name]), noteOf(name, requirementsNotMet, takenBackLater)]),
    ['success rate', ratioText(total), 'went well and stayed, of those that were decided'],
    ['duration', ...spanCells(total.duration)],
    ['moving', ...spanCells(total.moving)],
    ['lead time', ...spanCells(total.leadTime)],
  ];
}

function restorationRow({ needed, open, time }: Statistics['restorations']['total']): readonly string[] {
  const often = `needed ${counted(needed, 'time')}${open === 0 ? '' : `, ${String(open)} not well again yet`}`;
  const [mean, p95] = spanCells(time);
  return ['time to restore', mean, p95 === '' ? often : `${p95}; ${often}`];
}

function noteOf(name: string, requirementsNotMet: number, takenBackLater: number): string {
  if (name === 'failed' && requirementsNotMet > 0) return `${String(requirementsNotMet)} by requirements not met`;
  return name === 'succeeded' && takenBackLater > 0 ? `${String(takenBackLater)} taken back afterwards` : '';
}

const titles = ['', 'attempts', 'succeeded', 'failed', 'rolled back', 'success rate', 'mean', 'p95', 'lead time'];

function placeCells(place: PromotionStatistics): readonly string[] {
  const { attempts, outcomes, duration, leadTime } = place;
  return [
    String(attempts),
    String(outcomes.succeeded),
    String(outcomes.failed),
    String(outcomes['rolled-back'] + outcomes['rollback-failed']),
    ratioText(place),
    duration === undefined ? '' : formatDuration(duration.meanMs),
    duration === undefined ? '' : formatDuration(duration.p95Ms),
    leadTime === undefined ? '' : formatDuration(leadTime.meanMs),
  ];
}

function ratioText(statistics: PromotionStatistics): string {
  const ratio = successRatio(statistics);
  return ratio === undefined ? '–' : `${(ratio * 100).toFixed(1)} %`;
}

function spanCells(durations: PromotionStatistics['duration']): readonly [string, string] {
  if (durations === undefined) return ['–', ''];
  return [`${formatDuration(durations.meanMs)} mean`, `${formatDuration(durations.p95Ms)} p95`];
}
