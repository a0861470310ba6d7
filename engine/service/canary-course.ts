import { z } from 'zod';
import { canaryReadingSchema, type CanaryReading } from '../verification/canary-readings.ts';
import { allowedErrorPercent } from '../verification/judge-canary.ts';
import type { Actor } from '../workflow/actor.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import { loadToRead } from './read-promotions.ts';
import type { ServiceContext } from './service-context.ts';

/** How a canary does beside what it follows. */
export interface CanaryCourse {
  /** Of the requests, that it gets. */
  readonly percentage: number | undefined;
  readonly durationSeconds: number;
  /** How many of its requests may fail. */
  readonly allowedErrorPercent: number;
  /** When it was seen first, moved on by every span in which it could not be; undefined: it was not seen yet. */
  readonly startedAt: Date | undefined;
  /** Oldest first; each counts from the beginning. */
  readonly readings: readonly CanaryReading[];
}

const limitsSchema = z.object({
  durationSeconds: z.number(),
  minimumSuccessPercent: z.number(),
  maximumErrorRatePercent: z.number().optional(),
});
const shareSchema = z.object({ canaryPercentage: z.number() });
const watchSchema = z.object({
  startedAt: z.coerce.date().nullish(),
  readings: z.array(canaryReadingSchema).default([]),
});

/** @returns undefined for a promotion that goes without a canary. */
export async function readCanary(
  context: ServiceContext,
  actor: Actor,
  promotionId: string,
): Promise<CanaryCourse | undefined> {
  return canaryOf(await loadToRead(context, actor, promotionId));
}

/** What is stored of it: while it is watched, with what it wants to find again; then with what it came to. */
export function canaryOf({
  definition,
  steps,
}: Pick<PromotionRecord, 'definition' | 'steps'>): CanaryCourse | undefined {
  const configOf = (name: string): unknown => definition.steps.find((each) => each.name === name)?.config;
  const limits = limitsSchema.safeParse(configOf('shift-canary'));
  const step = steps.find(({ name }) => name === 'shift-canary');
  if (!limits.success || step === undefined) return undefined;
  const share = shareSchema.safeParse(configOf('deploy'));
  const [kept, ended] = [watchSchema.safeParse(step.checkpoint), watchSchema.safeParse(step.output)];
  const readings = ended.data?.readings ?? [];
  return {
    percentage: share.data?.canaryPercentage,
    durationSeconds: limits.data.durationSeconds,
    allowedErrorPercent: allowedErrorPercent(limits.data),
    startedAt: kept.data?.startedAt ?? undefined,
    readings: readings.length > 0 ? readings : (kept.data?.readings ?? []),
  };
}
