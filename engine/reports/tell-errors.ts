import { z } from 'zod';
import { passedOver } from '../workflow/error-limits.ts';
import { errorCategories, errorSeverities } from '../workflow/error-report.ts';
import type { PromotionRecord } from '../workflow/promotion.ts';
import type { ChainedEvent } from '../workflow/transition.ts';
import type { ReportedError, ReportedErrors } from './promotion-report.ts';

const failureSchema = z.object({
  step: z.string(),
  error: z.object({
    category: z.enum(errorCategories),
    severity: z.enum(errorSeverities),
    message: z.string(),
    code: z.string().nullish(),
    remedy: z.string(),
  }),
});

/** What each entry that tells of an error says was done then. */
const failures: ReadonlyMap<string, Pick<ReportedError, 'mode' | 'then'>> = new Map([
  ['step-retrying', { mode: 'run', then: 'tried again' }],
  ['step-passed-over', { mode: 'run', then: 'passed over' }],
  ['step-failed', { mode: 'run', then: 'gave up' }],
  ['compensation-retrying', { mode: 'undo', then: 'tried again' }],
  ['compensation-failed', { mode: 'undo', then: 'gave up' }],
]);

const beginnings: ReadonlyMap<string, ReportedError['mode']> = new Map([
  ['step-started', 'run'],
  ['compensation-started', 'undo'],
]);

/** Every error of a promotion, those that it went on after included, with what was tried, counted by kind. */
export function tellErrors(promotion: PromotionRecord, events: readonly ChainedEvent[]): ReportedErrors {
  const list = errorsIn(events);
  const limits = promotion.definition.errorLimits;
  return {
    bySeverity: countBy(errorSeverities, list, ({ severity }) => severity),
    byCategory: countBy(errorCategories, list, ({ category }) => category),
    passedOver: {
      MEDIUM: { count: passedOver(promotion, 'MEDIUM'), limit: limits?.medium ?? null },
      LOW: { count: passedOver(promotion, 'LOW'), limit: limits?.low ?? null },
    },
    list,
  };
}

function errorsIn(events: readonly ChainedEvent[]): readonly ReportedError[] {
  const attempts = new Map<string, number>();
  return events.flatMap(({ type, at, data }, index): readonly ReportedError[] => {
    const begun = beginnings.get(type);
    const { step: name, attempt: number } = data;
    if (begun !== undefined && typeof name === 'string' && typeof number === 'number') {
      attempts.set(`${begun} ${name}`, number);
    }
    const failure = failures.get(type);
    const parsed = failure === undefined ? undefined : failureSchema.safeParse(data);
    if (failure === undefined || parsed?.success !== true) return [];
    const { step, error } = parsed.data;
    const attempt = attempts.get(`${failure.mode} ${step}`) ?? 1;
    const backoffSeconds = failure.then === 'tried again' ? backoffAfter(events, index) : null;
    return [{ at: at.toISOString(), step, attempt, ...error, code: error.code ?? null, ...failure, backoffSeconds }];
  });
}

/** How long the wait was to be that the next entry tells of. */
function backoffAfter(events: readonly ChainedEvent[], index: number): number | null {
  const wait = events.slice(index + 1).find(({ type, data }) => type === 'parked' && data['reason'] === 'retry');
  const until = wait?.data['until'];
  if (wait === undefined || typeof until !== 'string') return null;
  return Math.max(0, Math.round((new Date(until).getTime() - wait.at.getTime()) / 10) / 100);
}

function countBy<Key extends string>(
  keys: readonly Key[],
  errors: readonly ReportedError[],
  keyOf: (error: ReportedError) => Key,
): Readonly<Record<Key, number>> {
  const entries = keys.map((key) => [key, errors.filter((error) => keyOf(error) === key).length] as const);
  return Object.fromEntries(entries) as Readonly<Record<Key, number>>;
}
