import type { PromotionReport } from '../../engine/promotion-service.ts';
import { printable } from '../printable.ts';
import { formatDuration } from '../../engine/wording/format-duration.ts';

type Errors = PromotionReport['errors'];

/** How many of each severity, then each error with what was tried, oldest first. */
export function errorLines({ bySeverity, list }: Errors): readonly string[] {
  const counters = Object.entries(bySeverity).map(([severity, count]) => `${severity} ${String(count)}`);
  return [counters.join(' · '), ...list.flatMap(linesOf)];
}

function linesOf({
  at,
  step,
  mode,
  attempt,
  severity,
  category,
  code,
  message,
  remedy,
  then,
  backoffSeconds,
}: Errors['list'][number]): readonly string[] {
  const place = `${mode === 'undo' ? 'undoing ' : ''}${step}, attempt ${String(attempt)}`;
  const kind = `${severity} ${category}${code === null ? '' : ` ${code}`}`;
  const wait = backoffSeconds === null ? '' : ` after ${formatDuration(backoffSeconds * 1000)}`;
  return [
    `${at} ${printable(place)}: ${kind}: ${printable(message)}`,
    `    ${then}${wait}; what to do: ${printable(remedy)}`,
  ];
}
