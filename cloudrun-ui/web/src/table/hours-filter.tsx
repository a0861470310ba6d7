import { NativeSelect } from '@mantine/core';
import { formatDuration } from '../time/format-duration.ts';

interface HoursFilterProps {
  /** How long ago at most; undefined: at any time. */
  readonly hours: number | undefined;
  readonly onChange: (hours: number | undefined) => void;
}

const hourMs = 3_600_000;
const spans: readonly (readonly [hours: number, label: string])[] = [
  [2, 'In the last 2 h'],
  [24, 'In the last day'],
  [168, 'In the last week'],
  [720, 'In the last 30 days'],
  [8760, 'In the last year'],
];

/** How long ago at most; what only the address names is offered too, so that what is shown is what is asked for. */
export function HoursFilter({ hours, onChange }: HoursFilterProps) {
  const isOther = hours !== undefined && !spans.some(([offered]) => offered === hours);
  const offered = isOther ? [[hours, `In the last ${formatDuration(hours * hourMs)}`] as const, ...spans] : spans;
  return (
    <NativeSelect
      size="xs"
      aria-label="When"
      data={[{ value: '', label: 'At any time' }, ...offered.map(([of, label]) => ({ value: String(of), label }))]}
      value={hours === undefined ? '' : String(hours)}
      onChange={({ currentTarget: { value } }) => onChange(value === '' ? undefined : Number(value))}
    />
  );
}
