import { z } from 'zod';
import { nameSchema, timeZoneSchema } from './names.ts';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as "09:00" or "17:30"');
const endOfSpan = z
  .string()
  .regex(
    /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/,
    'must be a time of day such as "17:30", or "24:00" for the end of the day',
  );
const instant = z.iso.datetime({
  offset: true,
  error: 'must be a date and time with its offset, such as 2026-12-20T18:00:00+01:00',
});

const weekly = {
  kind: z.literal('weekly'),
  days: z.array(z.enum(weekdays)).min(1).default(weekdays.slice()).describe('Days it begins on.'),
  from: timeOfDay,
  to: endOfSpan.describe('Exclusive; a time before `from` is on the next day.'),
  timeZone: timeZoneSchema.describe('The clocks that count; what they show twice when they are put back counts twice.'),
};
const once = { kind: z.literal('once'), from: instant, to: instant.describe('Exclusive.') };

const isNotEmpty = (span: { readonly from: string; readonly to: string }): boolean => span.from !== span.to;
const endsLater = (span: { readonly from: string; readonly to: string }): boolean =>
  Date.parse(span.from) < Date.parse(span.to);
const notEmpty = { error: 'must be later than, or on the day after, `from`', path: ['to'] };
const later = { error: 'must be later than `from`', path: ['to'] };

/** A span in which a path is open: every week, or once (a maintenance window). */
export const windowSchema = z
  .discriminatedUnion('kind', [
    z.strictObject(weekly).refine(isNotEmpty, notEmpty),
    z.strictObject(once).refine(endsLater, later),
  ])
  .meta({ id: 'Window' });
export type Window = z.infer<typeof windowSchema>;

const frozen = {
  name: z.string().min(1),
  reason: z.string().min(1).describe('Shown to whoever is refused.'),
  exceptHotfix: z.boolean().default(true).describe('Whether the hotfix lane stays open.'),
  overridable: z.boolean().default(true).describe('Whether whoever may override freezes may override this one.'),
};
const inEnvironments = {
  environments: z.array(nameSchema).default([]).describe('Only what moves into these; none: into any.'),
};

/** More than these are a mistake; each promotion keeps those that concern it. */
const mostFreezes = 200;

/** Spans in which nothing moves into an environment. */
const freezeSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...weekly, ...frozen }).refine(isNotEmpty, notEmpty),
    z.strictObject({ ...once, ...frozen }).refine(endsLater, later),
  ])
  .meta({ id: 'Freeze' });
export const freezesSchema = z.array(freezeSchema).max(mostFreezes).default([]);
export type Freeze = z.infer<typeof freezeSchema>;

/** Freezes that stand at no single environment. */
export const wideFreezeSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...weekly, ...frozen, ...inEnvironments }).refine(isNotEmpty, notEmpty),
    z.strictObject({ ...once, ...frozen, ...inEnvironments }).refine(endsLater, later),
  ])
  .meta({ id: 'WideFreeze' });
export const wideFreezesSchema = z.array(wideFreezeSchema).max(mostFreezes).default([]);
export type WideFreeze = z.infer<typeof wideFreezeSchema>;
