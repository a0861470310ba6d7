import { InvalidArgumentError } from 'commander';

const unitsMs = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;
const duration = /^(\d{1,6})([mhdw])$/;
const date = /^\d{4}-\d{2}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/**
 * When something ends, as people type it: how long from now (`30d`, `12h`), a date, which lasts to its end in UTC, or an
 * instant with its time zone.
 * @throws InvalidArgumentError when it is none of these, or is past.
 */
export function expiry(text: string, now: Date): Date {
  const at = readExpiry(text.trim(), now);
  if (at === undefined || Number.isNaN(at.getTime())) {
    throw new InvalidArgumentError(
      'It must be how long from now (30d, 12h), a date (2026-12-31) or an instant (2026-12-31T18:00Z).',
    );
  }
  if (at <= now) throw new InvalidArgumentError(`It must be in the future, and ${at.toISOString()} is past.`);
  return at;
}

function readExpiry(text: string, now: Date): Date | undefined {
  const [, count = '', unit] = duration.exec(text) ?? [];
  if (unit !== undefined) return new Date(now.getTime() + Number(count) * unitsMs[unit as keyof typeof unitsMs]);
  if (date.test(text)) {
    const start = new Date(`${text}T00:00:00Z`);
    // A day that the calendar does not have, such as 31 June, is no date rather than the one after it.
    const isReal = !Number.isNaN(start.getTime()) && start.toISOString().startsWith(text);
    return isReal ? new Date(start.getTime() + unitsMs.d) : undefined;
  }
  return instant.test(text) ? new Date(text) : undefined;
}
