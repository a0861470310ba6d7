import type { LogLine, Promotion } from '../queries.ts';
import type { StreamMessage } from './sse-parser.ts';

/** What is known of a promotion's course by following it. */
export interface Course {
  /** As it was told last; undefined: not yet. */
  readonly promotion: Promotion | undefined;
  /** In their order, without a gap. */
  readonly lines: readonly LogLine[];
  /** How many entries of its trail tell what people did: approvals, ticks, notes. */
  readonly deeds: number;
}

export const courseNotBegun: Course = { promotion: undefined, lines: [], deeds: 0 };

/** Entries of the trail after which there is more to see than the promotion itself shows. */
const deedTypes: readonly string[] = [
  'approval-given',
  'approval-refused',
  'auto-approval-declined',
  'checklist-ticked',
  'item-opened',
  'note',
  'plan-made',
];

/** What a course is after one more message of the promotion's stream. */
export function followCourse(course: Course, { event, data }: StreamMessage): Course {
  switch (event) {
    case 'promotion':
      return { ...course, promotion: (JSON.parse(data) as { readonly promotion: Promotion }).promotion };
    case 'log': {
      const last = course.lines.at(-1)?.seq ?? 0;
      const { lines } = JSON.parse(data) as { readonly lines: readonly LogLine[] };
      const fresh = lines.filter(({ seq }) => seq > last);
      return fresh.length === 0 ? course : { ...course, lines: [...course.lines, ...fresh] };
    }
    case 'event': {
      const { events } = JSON.parse(data) as { readonly events: readonly { readonly type: string }[] };
      const deeds = events.filter(({ type }) => deedTypes.includes(type)).length;
      return deeds === 0 ? course : { ...course, deeds: course.deeds + deeds };
    }
    default:
      return course;
  }
}

/** The newer one of two of the same promotion. */
export function newerOf(one: Promotion, other: Promotion | undefined): Promotion {
  return other !== undefined && other.id === one.id && other.updatedAt >= one.updatedAt ? other : one;
}
