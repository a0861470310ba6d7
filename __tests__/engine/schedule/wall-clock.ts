import { execFileSync } from 'node:child_process';

const minuteMs = 60_000;
const minutesOfWeek = 7 * 24 * 60;

/** Run where `TZ` is the zone, so that the clock is the runtime's own and shares nothing with what is tested. */
const script = `
const [start, count] = process.argv.slice(1).map(Number);
const shown = new Uint16Array(count);
for (let minute = 0; minute < count; minute += 1) {
  const at = new Date(start + minute * ${String(minuteMs)});
  shown[minute] = ((at.getDay() + 6) % 7) * 1440 + at.getHours() * 60 + at.getMinutes();
}
process.stdout.write(Buffer.from(shown.buffer).toString('base64'));
`;

/** What a clock on the wall shows, minute by minute, as the minute of the week that begins on Monday. */
export class WallClock {
  readonly start: number;
  readonly minutes: number;
  readonly #shown: Uint16Array;

  constructor(zone: string, start: Date, days: number) {
    this.start = start.getTime();
    this.minutes = days * 24 * 60;
    const output = execFileSync(process.execPath, ['-e', script, String(this.start), String(this.minutes)], {
      env: { TZ: zone },
      encoding: 'utf8',
      maxBuffer: 8 * 1024 * 1024,
    });
    const bytes = Buffer.from(output, 'base64');
    this.#shown = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
  }

  instant(minute: number): number {
    return this.start + minute * minuteMs;
  }

  /** The minute of the week that it shows. */
  shows(minute: number): number {
    return this.#shown[minute] ?? Number.NaN;
  }
}

const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** Which minutes of the week a weekly setting names (1, else 0), said as simply as can be. */
export function minutesNamed(setting: {
  readonly days: readonly string[];
  readonly from: string;
  readonly to: string;
}): Uint8Array {
  const [from, to] = [minuteOfDay(setting.from), minuteOfDay(setting.to)];
  const length = to > from ? to - from : to + 1440 - from;
  const named = new Uint8Array(minutesOfWeek);
  for (const day of setting.days) {
    const begin = days.indexOf(day) * 1440 + from;
    for (let minute = 0; minute < length; minute += 1) named[(begin + minute) % minutesOfWeek] = 1;
  }
  return named;
}

function minuteOfDay(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
