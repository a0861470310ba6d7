import { instantText } from './instant-text.ts';
import type { Window } from '../rules/window-schema.ts';
import { weekdays } from '../rules/window-schema.ts';
import type { Closure, Openness } from './calendar.ts';
import type { FreezeOrigin } from './schedule.ts';

/** Why a path is closed, for people: everything that closes it, each with its own end where it has one. */
export function describeClosures({ because }: Extract<Openness, { isOpen: false }>): string {
  return because.map(describeClosure).join('; ');
}

function describeClosure(closure: Closure): string {
  const until = closure.until === undefined ? '' : ` until ${instantText(closure.until)}`;
  switch (closure.kind) {
    case 'hold':
      return `held${until} (${closure.reason})`;
    case 'freeze':
      return `frozen${until} by ${closure.name}${originText[closure.origin]} (${closure.reason})`;
    case 'window':
      return `outside its windows, which are ${closure.windows.map(describeWindow).join(' and ')}`;
  }
}

const originText: Readonly<Record<FreezeOrigin, string>> = {
  rules: '',
  environment: ', a freeze of this environment',
  application: ', a freeze of this application',
  declared: ', which somebody declared',
};

/** `Mon–Thu 09:00–16:00 Europe/Berlin`. */
export function describeWindow(window: Window): string {
  switch (window.kind) {
    case 'once':
      return `${instantText(new Date(window.from))} – ${instantText(new Date(window.to))}`;
    case 'weekly':
      return `${describeDays(window.days)} ${window.from}–${window.to} ${window.timeZone}`;
  }
}

/** Days that follow each other as a range: `Mon–Fri`, `Mon, Wed`; all of them: `daily`. */
export function describeDays(days: readonly (typeof weekdays)[number][]): string {
  const wanted = weekdays.map((day) => days.includes(day));
  if (wanted.every(Boolean)) return 'daily';
  const ranges: string[] = [];
  for (let first = 0; first < weekdays.length; first += 1) {
    if (wanted[first] !== true) continue;
    let last = first;
    while (wanted[last + 1] === true) last += 1;
    ranges.push(last === first ? shortName(first) : `${shortName(first)}–${shortName(last)}`);
    first = last;
  }
  return ranges.join(', ');
}

function shortName(day: number): string {
  const name = weekdays[day] ?? '';
  return `${name.charAt(0).toUpperCase()}${name.slice(1, 3)}`;
}
