import { z } from 'zod';

/** `during`: a moment after the effect was begun, whether or not it has happened by then. */
export const moments = ['before', 'during', 'after'] as const;
export type Moment = (typeof moments)[number];

/** Where a worker can be cut off: `<step>[:undo]:<port.method|commit>` and the side of it. */
export const killPointSchema = z.strictObject({ place: z.string(), moment: z.enum(moments) });
export type KillPoint = z.infer<typeof killPointSchema>;

export function pointName({ place, moment }: KillPoint): string {
  return `${place}:${moment}`;
}

/** `deploy:undo` of `deploy:undo:configuration.advance`. */
export function stepOf(place: string): string {
  return place.slice(0, place.lastIndexOf(':'));
}

/** Whether something outside the engine may change there; the others are the engine's own commits. */
export function isEffect(place: string): boolean {
  return !place.endsWith(':commit');
}
