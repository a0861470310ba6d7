import type { StoredLogLine } from '../../engine/promotion-service.ts';
import { padTo } from '../display-width.ts';
import { printableLines } from '../printable.ts';
import type { Paint } from '../terminal.ts';
import { stepTitle } from './step-title.ts';

const stepWidth = 15;

/** `14:02:11.123  verify         3 services healthy`. */
export function logLine({ at, step, line }: StoredLogLine, paint: Paint): string {
  const lead = `${at.toISOString().slice('2026-11-21T'.length, -1)}  ${padTo(stepTitle(step), stepWidth)}`;
  return printableLines(line)
    .map((each) => `${paint.dim(lead)}${each}`.trimEnd())
    .join('\n');
}
