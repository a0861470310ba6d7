import { formatDuration } from '../../engine/wording/format-duration.ts';
import type { DoctorFinding } from '../session.ts';

/** How far an installation's clock was moved: what it says about time was not waited for. */
export function clockNotice(aheadSeconds: number): string | undefined {
  if (aheadSeconds === 0) return undefined;
  return `the clock was moved: it is ${formatDuration(aheadSeconds * 1000)} ahead of this machine (promote local clock)`;
}

export function examineClock(aheadSeconds: number): DoctorFinding {
  const subject = 'clock';
  const notice = clockNotice(aheadSeconds);
  if (notice === undefined) return { subject, level: 'ok', detail: 'is this machine’s' };
  const remedy = 'nothing, where it was moved to try something; it cannot go back: delete the folder to begin anew';
  return { subject, level: 'warn', detail: notice, remedy };
}
