/** A day of this reader's calendar, as date fields have it: 2026-11-27. */
export function dayOf(at: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

export function isDay(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^\d{4}-\d{2}-\d{2}$/.test(value) &&
    !Number.isNaN(new Date(`${value}T00:00`).getTime())
  );
}

/** When a day begins here. */
export function beginningOf(day: string): Date {
  return new Date(`${day}T00:00`);
}

/** When a day is over here, by the calendar: one on which clocks change has another length. */
export function endOf(day: string): Date {
  const end = beginningOf(day);
  end.setDate(end.getDate() + 1);
  return end;
}
