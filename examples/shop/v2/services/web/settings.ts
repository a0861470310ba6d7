import * as z from 'zod';

/** What this service reads of the environment's values. */
export const webSettings = {
  shopName: z.string().min(1),
  /** A line on top of every page, such as "practice, nothing is sent"; empty for none. */
  notice: z.string(),
  /** Characters. */
  giftNoteMaximumLength: z.int().positive(),
};
export type WebSettings = z.output<z.ZodObject<typeof webSettings>>;
